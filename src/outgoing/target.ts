/** The part of a URL that decides where a connection goes, read by the WHATWG parser and by nothing else. */
import { isBlockedPort } from './blocked-ports.ts';
import { OutgoingError } from './outgoing-error.ts';

export interface Target {
  readonly isSecure: boolean;
  /** A name without its final dot, or an address without brackets; short, octal and hexadecimal IPv4 is dotted by now. */
  readonly host: string;
  readonly port: number;
  /** The Host header. */
  readonly authority: string;
  /** Path and query. */
  readonly path: string;
}

/** @throws OutgoingError */
export function readTarget(text: string | URL): Target {
  const url = URL.parse(String(text));
  if (url === null) throw new OutgoingError('url_invalid');
  const isSecure = url.protocol === 'https:';
  if (!isSecure && url.protocol !== 'http:') throw new OutgoingError('scheme_refused', url.protocol);
  // `https://www.example.ac.jp@attacker.example/` reads like a host that it is not, and a password would reach the log.
  if (url.username !== '' || url.password !== '') throw new OutgoingError('userinfo_refused');
  const port = url.port === '' ? (isSecure ? 443 : 80) : Number(url.port);
  if (isBlockedPort(port)) throw new OutgoingError('port_refused', String(port));
  return {
    isSecure,
    host: url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, ''),
    port,
    authority: url.host,
    path: `${url.pathname}${url.search}`,
  };
}
