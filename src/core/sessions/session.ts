/**
 * The single sign-on session of one browser; both protocols hang on it. Its cookie carries a random token, of which the
 * store holds only the digest. The token changes at every rise, the id does not: participants and derived sessions
 * refer to the id.
 */
import type { Instant } from '../../base/clock.ts';
import type { Collection, Write } from '../../store/port.ts';
import type { FactorUse } from '../credentials/factor-use.ts';

/** A service that was entered in this session, with what its protocol needs to find it again. */
export interface Participant {
  readonly connectionId: string;
  readonly protocol: 'oidc' | 'saml';
  readonly enteredAt: Instant;
  /** OpenID Connect: `sid` and the uid of the derived session. */
  readonly handles: Readonly<Record<string, string>>;
}

export interface Device {
  readonly userAgent: string;
  readonly address: string;
}

export interface Session {
  readonly id: string;
  /** SHA-256 of the cookie's token. */
  readonly tokenDigest: string;
  readonly accountId: string;
  readonly personId: string;
  readonly factors: readonly FactorUse[];
  readonly device: Device;
  readonly participants: readonly Participant[];
  readonly startedAt: Instant;
  readonly seenAt: Instant;
  /** The end that no use postpones: absolute lifetime, or the account's own end if that is sooner. */
  readonly endsAt: Instant;
  /**
   * The sooner of `endsAt` and the end of idleness. From then on it is over, and still there: what is to be told of its end
   * is read from it (end-expired.ts). So it is read through keep.ts.
   */
  readonly expiresAt: Instant;
}

export const sessions: Collection<Session> = {
  name: 'sessions',
  indexes: [
    { name: 'byToken', fields: ['tokenDigest'], unique: true },
    { name: 'byAccount', fields: ['accountId', 'startedAt'] },
    { name: 'byEnd', fields: ['expiresAt'] },
  ],
};

/** Milliseconds. */
export interface SessionLifetimes {
  readonly absoluteLifetime: number;
  readonly idleLifetime: number;
}

/** What hangs on a session and ends in the same commit: a protocol's own records of it, and what is owed to its services. */
export interface DerivedSessions {
  planEnd(session: Session): Promise<readonly Write[]>;
  /** Whatever speaks for the account, in any session or none: also what was given to outlast its session. */
  planEndAccount(accountId: string): Promise<readonly Write[]>;
}
