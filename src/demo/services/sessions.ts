/**
 * Sessions in memory, each under a random id. A restart signs everybody out, which is right for a demonstration.
 * Nothing here is written to disk, and access tokens are not kept at all.
 */
import { randomBytes } from 'node:crypto';

export type Claims = Readonly<Record<string, unknown>>;

/** A login on its way: what the answer from the provider must match. */
export interface PendingLogin {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
}

export interface SignedIn {
  /** Kept for `id_token_hint` at log-out. */
  readonly idToken: string;
  readonly idTokenClaims: Claims;
  readonly userinfo: Claims;
}

/** A log-out that went to the provider (or could not), so that the page afterwards tells the truth. */
export interface Farewell {
  readonly state: string;
  readonly providerAsked: boolean;
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

  /** Signs out all that are meant. What stays under their ids says to their browsers what happened. */
  endElsewhere(isMeant: (signedIn: SignedIn) => boolean): void {
    for (const held of this.#held.values()) {
      const { signedIn } = held.session;
      if (signedIn && isMeant(signedIn)) held.session = { pending: [], isEndedElsewhere: true };
    }
  }

  end(id: string): void {
    this.#held.delete(id);
  }
}
