/**
 * Sessions in memory, each under a random id. A restart signs everybody out, which is right for a demonstration.
 * Nothing here is written to disk, and access tokens are not kept at all.
 */
import { randomBytes } from 'node:crypto';
import type { ReceivedPart } from './received.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** A login on its way. */
export interface PendingLogin {
  /** Comes back with the answer. */
  readonly state: string;
  readonly returnTo: string;
  /** Checks the provider's answer against what was asked. Throws Trouble `cancelled`, `unavailable` or `failed`. */
  readonly complete: (answer: string) => Promise<SignedIn>;
}

export interface SignedIn {
  /** About the person, by the names that OpenID Connect has for it. */
  readonly claims: Claims;
  /** Everything that came. */
  readonly received: readonly ReceivedPart[];
  /** By each of these the provider may say that this login has ended. */
  readonly names: readonly string[];
  /** Where the provider ends its own session, or undefined when it is down or offers no such place. */
  readonly leave: (state: string) => Promise<URL | undefined>;
}

/**
 * What became of a log-out, as far as this service knows: the provider could not be asked; it was; it has said that
 * everything has ended, or that not everything has.
 */
export type LogoutOutcome = 'untold' | 'asked' | 'everywhere' | 'partly';

/** A log-out that is over here, so that the page afterwards tells the truth. */
export interface Farewell {
  readonly state: string;
  readonly outcome: LogoutOutcome;
}

export interface Session {
  readonly pending: readonly PendingLogin[];
  readonly signedIn?: SignedIn;
  readonly farewell?: Farewell;
  /** The provider has ended the login; the browser that had it is told on its next page. */
  readonly isEndedElsewhere?: true;
}

const heldAtMost = 5_000;

export class Sessions {
  readonly #now: () => number;
  readonly #held = new Map<string, { session: Session; expiresAt: number }>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Stores the session under a new id. Anybody can open sessions by visiting /login, so the oldest make room. */
  open(session: Session, lifetimeMs: number): string {
    const id = randomBytes(32).toString('base64url');
    this.#held.set(id, { session, expiresAt: this.#now() + lifetimeMs });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= heldAtMost) break;
      this.#held.delete(oldest);
    }
    return id;
  }

  find(id: string): Session | undefined {
    const found = this.#held.get(id);
    if (!found) return undefined;
    if (found.expiresAt > this.#now()) return found.session;
    this.#held.delete(id);
    return undefined;
  }

  /** Changes what is held under an id that stays, with its lifetime; does nothing when it is gone. */
  replace(id: string, session: Session): void {
    const found = this.#held.get(id);
    if (found) found.session = session;
  }

  /** Signs out all logins of that name. What stays under their ids says to their browsers what happened. */
  endElsewhere(name: string): void {
    for (const held of this.#held.values()) {
      const { signedIn } = held.session;
      if (signedIn?.names.includes(name)) held.session = { pending: [], isEndedElsewhere: true };
    }
  }

  /** The provider's word on a log-out, which comes without the browser's cookie when it comes by a post. */
  settle({ state, outcome }: Farewell): void {
    for (const held of this.#held.values()) {
      if (held.session.farewell?.state === state) held.session = { pending: [], farewell: { state, outcome } };
    }
  }

  end(id: string): void {
    this.#held.delete(id);
  }
}
