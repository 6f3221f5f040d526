/**
 * Logout tokens (OpenID Connect Back-Channel Logout 1.0, 2.6): what must be true of one before it signs anybody out.
 * Whoever could forge one could throw people out; an ID token must not do for one.
 */
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** The session of that `sid`, or where none is named, all of that `sub`. */
export interface EndedLogin {
  readonly sid: string | undefined;
  readonly sub: string | undefined;
}

export interface LogoutTokenOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** The provider's published keys. */
  readonly keys: JWTVerifyGetKey;
  readonly now?: () => number;
}

const event = 'http://schemas.openid.net/event/backchannel-logout';
const tolerance = 15;
const oldest = 300;

export class LogoutTokens {
  readonly #options: LogoutTokenOptions;
  /** `jti` to the moment after which its token is refused for its age anyway. */
  readonly #seen = new Map<string, number>();

  constructor(options: LogoutTokenOptions) {
    this.#options = options;
  }

  async read(token: string): Promise<EndedLogin> {
    const { issuer, clientId, keys, now = Date.now } = this.#options;
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: clientId,
      typ: 'logout+jwt',
      requiredClaims: ['iat', 'exp', 'jti', 'events'],
      maxTokenAge: oldest,
      clockTolerance: tolerance,
      currentDate: new Date(now()),
    });
    const { sid, sub, events } = payload as JWTPayload & { sid?: unknown; events?: unknown };
    if (!isObject(events) || !isObject(events[event])) throw new Error('a logout token tells of a logout');
    if ('nonce' in payload) throw new Error('a logout token has no nonce');
    if (typeof sid !== 'string' && typeof sub !== 'string') throw new Error('a logout token says whose');
    this.#takeOnce(payload.jti ?? '', now());
    return { sid: typeof sid === 'string' ? sid : undefined, sub };
  }

  #takeOnce(jti: string, now: number): void {
    for (const [known, until] of this.#seen) if (until <= now) this.#seen.delete(known);
    if (this.#seen.has(jti)) throw new Error('a logout token is good once');
    this.#seen.set(jti, now + (oldest + 2 * tolerance) * 1_000);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
