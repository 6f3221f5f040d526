/**
 * Commits on their way. One transaction is under way at a time; what comes meanwhile waits, and goes as one with the next: on
 * a busy node a transaction then costs many logins what it costs one. Measured with twenty at once, two or four beside each other
 * gave three quarters and half of the commits a second, and twice the work for the database.
 */
import { DomainError } from '../../base/errors.ts';
import type { Commit } from './commit.ts';

export interface Ways {
  alone(commit: Commit): Promise<void>;
  /** Ends soon, done or not: it does not wait for others that are after the same records. */
  group(commits: readonly Commit[]): Promise<'done' | 'refused'>;
}

interface Waiting {
  readonly commit: Commit;
  readonly since: number;
  resolve(): void;
  reject(error: unknown): void;
}

/** Writes; a transaction that is much longer keeps its first members waiting for no gain. */
const largestGroup = 400;

/** Commits; so many come in half a minute on a node that is as busy as it can be, and nothing is kept without bounds. */
const mostWaiting = 10_000;

export class CommitQueue {
  readonly #ways: Ways;
  readonly #deadline: number;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;
  /** Refused together, and tried alone: they take their time beside the others. */
  readonly #apart = new Set<Promise<void>>();
  #isClosed = false;

  /** `deadline` in milliseconds: what has waited for as long is refused, and was not begun. */
  constructor(ways: Ways, deadline: number) {
    this.#ways = ways;
    this.#deadline = deadline;
  }

  /** Resolves when it is done. @throws as `Ways`, and DomainError `store.unavailable` when closed, too full, or too slow. */
  run(commit: Commit): Promise<void> {
    if (this.#isClosed) return Promise.reject(unavailable('closed'));
    if (this.#waiting.length >= mostWaiting) return Promise.reject(unavailable('too_many_wait'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commit, since: performance.now(), resolve, reject });
      this.#running ??= this.#writeAll();
    });
  }

  /** Resolves when what was begun has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
    await Promise.all(this.#apart);
  }

  async #writeAll(): Promise<void> {
    // One turn of the event loop, so that all requests which came in together are in the first group.
    await new Promise((resolve) => setImmediate(resolve));
    for (;;) {
      this.#refuseLate();
      if (this.#waiting.length === 0) break;
      await this.#write(this.#gather());
    }
    this.#running = undefined;
  }

  /** Else whoever came last would wait for all that wait in vain before him, one group after the other. */
  #refuseLate(): void {
    const latest = performance.now() - this.#deadline;
    for (const { since, reject } of this.#waiting) if (since < latest) reject(unavailable('waited_too_long'));
    this.#waiting = this.#waiting.filter(({ since }) => since >= latest);
  }

  /** As many as there are, but of those that want the same record only the first: the rest would be refused with it. */
  #gather(): readonly Waiting[] {
    const touched = new Set<string>();
    const group: Waiting[] = [];
    const later: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const places = waiting.commit.map(({ table, id }) => `${table.collection.name}/${id}`);
      const isApart = touched.size + places.length <= largestGroup && !places.some((place) => touched.has(place));
      if (group.length > 0 && !isApart) {
        later.push(waiting);
        continue;
      }
      for (const place of places) touched.add(place);
      group.push(waiting);
    }
    this.#waiting = later;
    return group;
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const [first] = group;
    if (first && group.length === 1 && first.commit.length === 1) return this.#writeAlone(first);
    try {
      const outcome = await this.#ways.group(group.map(({ commit }) => commit));
      for (const waiting of group) {
        if (outcome === 'done') waiting.resolve();
        else this.#setApart(this.#writeAlone(waiting));
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  #writeAlone({ commit, resolve, reject }: Waiting): Promise<void> {
    return this.#ways.alone(commit).then(resolve, reject);
  }

  #setApart(writing: Promise<void>): void {
    const ended = writing.finally(() => this.#apart.delete(ended));
    this.#apart.add(ended);
  }
}

const unavailable = (reason: string): DomainError => new DomainError('store.unavailable', { reason });
