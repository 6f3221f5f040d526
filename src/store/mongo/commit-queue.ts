/**
 * Commits on their way. A few transactions run beside each other; what comes meanwhile waits, and goes as one when a way is
 * free: on a busy node a transaction then costs many logins what it costs one.
 */
import { DomainError } from '../../base/errors.ts';
import type { Commit } from './commit.ts';

export interface Ways {
  alone(commit: Commit): Promise<void>;
  group(commits: readonly Commit[]): Promise<'done' | 'refused'>;
}

interface Waiting {
  readonly commit: Commit;
  resolve(): void;
  reject(error: unknown): void;
}

/** Transactions beside each other from one process. */
const ways = 4;

/** Writes; a transaction that is much longer keeps its first members waiting for no gain. */
const largestGroup = 400;

export class CommitQueue {
  readonly #ways: Ways;
  #waiting: Waiting[] = [];
  #underWay = 0;
  #isClosed = false;
  #idle: (() => void) | undefined;

  constructor(toDo: Ways) {
    this.#ways = toDo;
  }

  /** Resolves when it is done. @throws as `Ways.alone`, and DomainError `store.unavailable` once closed. */
  run(commit: Commit): Promise<void> {
    if (this.#isClosed) return Promise.reject(new DomainError('store.unavailable', { reason: 'closed' }));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commit, resolve, reject });
      this.#go();
    });
  }

  /** Resolves when what was begun has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#underWay === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
  }

  #go(): void {
    while (this.#waiting.length > 0 && this.#underWay < ways) {
      const group = this.#gather();
      this.#underWay += 1;
      void this.#write(group).finally(() => {
        this.#underWay -= 1;
        this.#go();
        if (this.#underWay === 0) this.#idle?.();
      });
    }
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
    if (group.length > 1) {
      try {
        if ((await this.#ways.group(group.map(({ commit }) => commit))) === 'done') {
          for (const { resolve } of group) resolve();
          return;
        }
      } catch (error) {
        for (const { reject } of group) reject(error);
        return;
      }
    }
    await Promise.all(group.map(({ commit, resolve, reject }) => this.#ways.alone(commit).then(resolve, reject)));
  }
}
