/** Who is before us: the browser, its single sign-on session, the language it reads. Read once per exchange. */
import type { IncomingMessage } from 'node:http';
import { days } from '../base/duration.ts';
import type { Locale } from '../base/locale.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import { deviceWords } from '../core/sessions/device-words.ts';
import { noteSeen, sessionByToken } from '../core/sessions/keep.ts';
import type { Session, SessionLifetimes } from '../core/sessions/session.ts';
import type { World } from '../core/world.ts';
import { chooseLocale } from '../i18n/negotiate.ts';
import type { LoginOrigin } from '../login/facts.ts';
import { factorMark, knownMark, markBrowser, type SignedIn } from '../login/known-browser.ts';
import type { Visitor } from '../login/login.ts';
import type { Stored } from '../store/port.ts';
import type { ClientAddress } from './client-address.ts';
import type { CookieJar, Exchange } from './cookies.ts';
import { withTold } from './told-cookie.ts';
import { trustTokenIn, withTrustToken } from './trust-cookie.ts';

export interface Visitors {
  session(exchange: Exchange): Promise<Stored<Session> | undefined>;
  /** From where the request comes; sets nothing. */
  origin(exchange: Exchange): LoginOrigin;
  /** Sets the browser cookie where there is none. */
  visitor(exchange: Exchange): Promise<Visitor & { readonly browserToken: string }>;
  /** Of the browser cookie, which is set where there is none. */
  browserToken(exchange: Exchange): string;
  /**
   * The same, setting nothing: a form that another site posts comes without cookies, and a new cookie in the answer
   * would put an end to every login that this browser has begun.
   */
  heldBrowserToken(exchange: Exchange): string | undefined;
  locale(exchange: Exchange, uiLocales?: string): Locale;
  chooseLocale(exchange: Exchange, locale: Locale): void;
  /** A session began or rose: its token, and who has proven in this browser that it is they. */
  rememberSession(exchange: Exchange, token: string, signedIn: SignedIn | undefined): void;
  /** From now on the owner of this account trusts this browser. */
  rememberTrust(exchange: Exchange, accountId: string, token: string): void;
  /** The browser is sent back to a service with a status. @returns how often within so many milliseconds, this time too. */
  countTold(exchange: Exchange, connectionId: string, within: number): number;
  /**
   * Signed out: with the session go the logins begun in this browser, of which one may already hold a password's proof.
   * `browserToken`: of its cookie from now on, where somebody has drawn it already.
   */
  forgetSession(exchange: Exchange, browserToken?: string): void;
}

export interface VisitorsMeans {
  readonly world: World;
  readonly masterKey: MasterKey;
  readonly cookies: CookieJar;
  readonly addressOf: ClientAddress;
  readonly isAddressHidden: (req: IncomingMessage) => boolean;
  readonly lifetimes: SessionLifetimes;
}

const languageLifetime = days(365);
const knownLifetime = days(180);
/** No trust lasts longer; how long each does is said by its record. */
const trustedLifetime = days(30);

export function openVisitors(means: VisitorsMeans): Visitors {
  const { world, masterKey, cookies, addressOf, isAddressHidden, lifetimes } = means;
  // Keyed by the request: what was asked or set in this exchange holds for the rest of it.
  const sessions = new WeakMap<IncomingMessage, Promise<Stored<Session> | undefined>>();
  const sessionTokens = new WeakMap<IncomingMessage, string>();
  const browsers = new WeakMap<IncomingMessage, string>();
  const locales = new WeakMap<IncomingMessage, Locale>();

  function session(exchange: Exchange): Promise<Stored<Session> | undefined> {
    const known = sessions.get(exchange.req);
    if (known) return known;
    const token = sessionTokens.get(exchange.req) ?? cookies.get(exchange, 'session');
    const found = token === undefined ? Promise.resolve(undefined) : findSession(token);
    sessions.set(exchange.req, found);
    return found;
  }

  async function findSession(token: string): Promise<Stored<Session> | undefined> {
    const found = await sessionByToken(world, token);
    return found && noteSeen(world, lifetimes, found);
  }

  function heldBrowserToken(exchange: Exchange): string | undefined {
    const known = browsers.get(exchange.req) ?? cookies.get(exchange, 'browser');
    return known !== undefined && known.length >= 43 ? known : undefined;
  }

  const browserToken = (exchange: Exchange): string => heldBrowserToken(exchange) ?? newBrowser(exchange);

  function newBrowser(exchange: Exchange, token = world.ids.token()): string {
    browsers.set(exchange.req, token);
    cookies.set(exchange, 'browser', token);
    return token;
  }

  function setLocale(exchange: Exchange, locale: Locale): void {
    locales.set(exchange.req, locale);
    cookies.set(exchange, 'language', locale, languageLifetime);
  }

  function localeOf(exchange: Exchange, uiLocales?: string): Locale {
    const known = locales.get(exchange.req);
    if (known) return known;
    const cookie = cookies.get(exchange, 'language');
    const acceptLanguage = exchange.req.headers['accept-language'];
    const locale = chooseLocale({ uiLocales, cookie, acceptLanguage });
    // What the service asked for holds on the pages that follow, and the language link there changes it.
    if (uiLocales !== undefined && locale !== cookie) setLocale(exchange, locale);
    return locale;
  }

  const origin = (exchange: Exchange): LoginOrigin => ({
    address: addressOf(exchange.req),
    isAddressHidden: isAddressHidden(exchange.req),
    factorBrowser: (accountId) => factorMark(masterKey, cookies.get(exchange, 'known'), accountId),
  });

  return {
    session,
    origin,
    browserToken,
    heldBrowserToken,

    async visitor(exchange) {
      const found = await session(exchange);
      const { address, ...carried } = origin(exchange);
      const userAgent = (exchange.req.headers['user-agent'] ?? '').slice(0, 300);
      const device = deviceWords(userAgent);
      return {
        browserToken: browserToken(exchange),
        session: found,
        userAgent,
        address,
        ...carried,
        actor: {
          kind: 'person',
          address,
          ...(found ? { id: found.accountId } : {}),
          ...(device === undefined ? {} : { device }),
        },
        locale: localeOf(exchange),
        trustToken: (accountId) => trustTokenIn(cookies.get(exchange, 'trusted'), accountId),
        knownBrowser: (accountId) => knownMark(masterKey, cookies.get(exchange, 'known'), accountId),
      };
    },

    locale: localeOf,

    chooseLocale: setLocale,

    rememberSession(exchange, token, signedIn) {
      sessions.delete(exchange.req);
      sessionTokens.set(exchange.req, token);
      cookies.set(exchange, 'session', token);
      if (signedIn === undefined) return;
      const marks = markBrowser(masterKey, world.ids, cookies.get(exchange, 'known'), signedIn);
      cookies.set(exchange, 'known', marks, knownLifetime);
    },

    rememberTrust(exchange, accountId, token) {
      const kept = withTrustToken(cookies.get(exchange, 'trusted'), accountId, token);
      cookies.set(exchange, 'trusted', kept, trustedLifetime);
    },

    countTold(exchange, connectionId, within) {
      const { value, count } = withTold(cookies.get(exchange, 'told'), connectionId, world.clock.now(), within);
      cookies.set(exchange, 'told', value, within);
      return count;
    },

    forgetSession(exchange, browserToken) {
      sessions.set(exchange.req, Promise.resolve(undefined));
      cookies.set(exchange, 'session', undefined);
      newBrowser(exchange, browserToken);
    },
  };
}
