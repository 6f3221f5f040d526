/**
 * Whether the database answers. What it throws becomes `store.*` here; reads whose server went away are asked again; when
 * writes begin to fail that is told once, and once when they go through again.
 */

import { setTimeout } from 'node:timers/promises';
import type { Connection, mongo } from 'mongoose';
import { DomainError, isDomainError } from '../../base/errors.ts';
import type { StoreWatch } from '../watch.ts';
import { engineError, isAbsence, isLostRead } from './engine-error.ts';
import { standingsIn } from './prepare.ts';

/** Milliseconds. */
const pauseAfterLoss = 50;
const pingTimeout = 2_000;

export class Answers {
  readonly #deadline: number;
  readonly #watch: StoreWatch;
  /** Since when nothing was answered any more; undefined while answers come, or nobody asks. */
  #silentSince: number | undefined;
  /** Writes refused since they began to fail; undefined while they go through. */
  #refused: number | undefined;
  #isClosed = false;

  /** `deadline` in milliseconds. */
  constructor(deadline: number, watch: StoreWatch) {
    this.#deadline = deadline;
    this.#watch = watch;
  }

  async read<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    const until = performance.now() + this.#deadline;
    for (;;) {
      this.#demandOpen();
      try {
        const answer = await ask();
        this.#silentSince = undefined;
        return answer;
      } catch (error) {
        if (isAbsence(error)) this.#silentSince ??= performance.now();
        if (!isLostRead(error) || performance.now() >= until) throw engineError(error);
        await setTimeout(pauseAfterLoss);
      }
    }
  }

  async written<Answer>(write: () => Promise<Answer>): Promise<Answer> {
    this.#demandOpen();
    try {
      const answer = await write();
      this.#silentSince = undefined;
      this.#recover();
      return answer;
    } catch (error) {
      const told = engineError(error);
      if (isDomainError(told, 'store.unavailable')) throw this.#fail(told);
      if (isDomainError(told)) this.#recover();
      throw told;
    }
  }

  /**
   * While a primary is being elected the node can serve: requests wait for it. So the database is called lost only when it
   * has been silent for as long as a request would wait, or when writes fail.
   */
  async ping(connection: Connection): Promise<void> {
    this.#demandOpen();
    try {
      const database = connection.db as mongo.Db;
      if (this.#refused !== undefined) await this.written(() => probe(database));
      else await within(pingTimeout, database.command({ ping: 1 }, { readPreference: 'primary' }));
      this.#silentSince = undefined;
    } catch (error) {
      this.#silentSince ??= performance.now();
      if (this.#refused !== undefined || performance.now() - this.#silentSince > this.#deadline) {
        throw engineError(error);
      }
    }
  }

  close(): void {
    this.#isClosed = true;
  }

  #demandOpen(): void {
    if (this.#isClosed) throw new DomainError('store.unavailable', { reason: 'closed' });
  }

  #fail(error: DomainError): DomainError {
    if (error.facts.reason === 'closed') return error;
    const begins = this.#refused === undefined;
    this.#refused = (this.#refused ?? 0) + 1;
    if (begins) this.#watch.writesFail?.(error);
    // Marked for `isToldOutage`.
    return new DomainError(error.code, { ...error.facts, outage: true }, error.cause);
  }

  #recover(): void {
    if (this.#refused === undefined) return;
    const refused = this.#refused;
    this.#refused = undefined;
    this.#watch.writesRecovered?.(refused);
  }
}

interface Probe {
  readonly _id: 'probe';
  readonly asked: number;
}

/** A write that changes nothing for anybody. */
const probe = (database: mongo.Db) =>
  database
    .collection<Probe>(standingsIn(database).collectionName)
    .updateOne({ _id: 'probe' }, { $inc: { asked: 1 } }, { upsert: true });

async function within(milliseconds: number, answer: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const late = setTimeout(milliseconds, undefined, { signal: over.signal }).then(() => {
    throw new DomainError('store.unavailable', { reason: 'no_answer' });
  });
  try {
    await Promise.race([answer, late]);
  } finally {
    over.abort();
    late.catch(() => undefined);
    answer.catch(() => undefined);
  }
}
