/** Why an outgoing request came to nothing: the closed set that callers decide on and may show. */

export type OutgoingReason =
  /** Not an absolute URL. */
  | 'url_invalid'
  /** Neither https nor http, or http to a host outside the allowed networks. */
  | 'scheme_refused'
  | 'userinfo_refused'
  | 'port_refused'
  | 'name_not_found'
  /** No address of the host is public or in an allowed network. */
  | 'address_refused'
  /** Nobody took the connection. */
  | 'unreachable'
  /** The handshake failed, the certificate's name included. */
  | 'tls'
  | 'timeout'
  /** The caller gave up. */
  | 'aborted'
  | 'connection_lost'
  /** The answer is not HTTP. */
  | 'malformed'
  | 'redirect'
  | 'encoding'
  | 'content_type'
  | 'too_large';

/** Travels inside this folder only; callers get the reason as a value. `detail` is for our log and for nobody else. */
export class OutgoingError extends Error {
  readonly reason: OutgoingReason;
  readonly detail: string | undefined;

  constructor(reason: OutgoingReason, detail?: string) {
    super(reason);
    this.name = 'OutgoingError';
    this.reason = reason;
    this.detail = detail;
  }
}

/** The code that Node gives an error, for `detail`: its message may carry addresses and parts of an answer. */
export function errorCodeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'no code';
}

/** The address itself is refused, and will be until somebody changes it or `outgoing.allow`: no use in asking again. */
const lasting: readonly OutgoingReason[] = [
  'url_invalid',
  'scheme_refused',
  'userinfo_refused',
  'port_refused',
  'address_refused',
];

export const isLasting = (reason: OutgoingReason): boolean => lasting.includes(reason);
