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
  /** OpenID Connect: `sid` and the uid of the derived session. SAML: the name and the index that the service was told. */
  readonly handles: Readonly<Record<string, string>>;
  /** By which the service may ask for the end of the session where no browser is: digests, found by the index `byName`. */
  readonly names?: readonly string[];
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
  /** All names of all participants. */
  readonly names?: readonly string[];
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
    { name: 'byName', fields: ['names'], multiple: true },
  ],
};

/** Milliseconds. */
export interface SessionLifetimes {
  readonly absoluteLifetime: number;
  readonly idleLifetime: number;
}

/** What whoever ends a session knows of how its services hear of that. */
export interface Telling {
  /** The service that asked for the end. `isAnswered`: it hears of it by the answer, and is owed nothing else. */
  readonly askedBy?: { readonly connectionId: string; readonly isAnswered: boolean };
  /** The person is there, and the browser tells those that can be told by nobody else. */
  readonly round?: RoundSeed;
}

/** Where the browser goes on when all were told; the protocol of the service that asked reads it. */
export interface RoundBack {
  readonly protocol: Participant['protocol'];
  readonly carried: string;
}

export interface RoundSeed {
  /** SHA-256 of the handle. */
  readonly id: string;
  /** SHA-256 of the token in the browser's cookie. */
  readonly browserDigest: string;
  readonly back?: RoundBack;
}

/** What hangs on a session and ends in the same commit: a protocol's own records of it, and what is owed to its services. */
export interface DerivedSessions {
  planEnd(session: Session, telling?: Telling): Promise<readonly Write[]>;
  /** Whatever speaks for the account, in any session or none: also what was given to outlast its session. */
  planEndAccount(accountId: string): Promise<readonly Write[]>;
}
