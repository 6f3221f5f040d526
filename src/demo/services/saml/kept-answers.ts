/**
 * Answers that another site's page posted, for the moment until the browser asks for them again with its cookie. Each can be
 * taken once; anybody can post, so there is room for a few only.
 */
import { randomBytes } from 'node:crypto';

export interface KeptAnswer {
  readonly message: string;
  /** Unchecked. */
  readonly state: string;
}

const keptAtMost = 200;
const lifetimeMs = 2 * 60_000;

export class KeptAnswers {
  readonly #now: () => number;
  readonly #kept = new Map<string, KeptAnswer & { readonly expiresAt: number }>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  keep(answer: KeptAnswer): string {
    const handle = randomBytes(16).toString('base64url');
    this.#kept.set(handle, { ...answer, expiresAt: this.#now() + lifetimeMs });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= keptAtMost) break;
      this.#kept.delete(oldest);
    }
    return handle;
  }

  take(handle: unknown): KeptAnswer | undefined {
    const kept = typeof handle === 'string' ? this.#kept.get(handle) : undefined;
    if (typeof handle !== 'string' || !kept) return undefined;
    this.#kept.delete(handle);
    return kept.expiresAt > this.#now() ? kept : undefined;
  }
}
