/**
 * Our cookies, by what they are for. On https their names begin with __Host-, so that no other host of the university
 * can set or shadow them (RFC 6265bis, 4.1.3.2). All are HttpOnly and Lax.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import Cookies from 'cookies';

export type CookieName = 'browser' | 'session' | 'language' | 'known' | 'trusted' | 'told';

export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

export interface CookieJar {
  get(exchange: Exchange, name: CookieName): string | undefined;
  /** Until the browser closes, unless `lifetime` (milliseconds) is given. An absent value removes the cookie. */
  set(exchange: Exchange, name: CookieName, value: string | undefined, lifetime?: number): void;
}

/** Longer than any value of ours. */
const longestValue = 2_000;

export function cookieJar(isSecure: boolean): CookieJar {
  const nameOf = (name: CookieName) => `${isSecure ? '__Host-' : ''}sekisho-${name}`;
  const open = ({ req, res }: Exchange) => new Cookies(req, res, { secure: isSecure });
  return {
    get(exchange, name) {
      const value = open(exchange).get(nameOf(name), { signed: false });
      return value === undefined || value.length > longestValue ? undefined : value;
    },
    set(exchange, name, value, lifetime) {
      open(exchange).set(nameOf(name), value ?? null, {
        httpOnly: true,
        sameSite: 'lax',
        secure: isSecure,
        path: '/',
        overwrite: true,
        signed: false,
        ...(lifetime === undefined ? {} : { maxAge: lifetime }),
      });
    },
  };
}
