/**
 * One transaction, begun again while the cluster says that it may yet succeed: an election, a write conflict. What the
 * answer to its end was lost for is asked again until it is known (MongoDB Transactions specification, "withTransaction"),
 * but for no longer than the deadline, which is why the driver's own loop of two minutes does not do.
 */
import { setTimeout } from 'node:timers/promises';
import type { ClientSession, Connection } from 'mongoose';
import { isTransient, isUnknownCommit } from './engine-error.ts';

export interface Patience {
  /** Milliseconds. */
  readonly deadline: number;
  /** Attempts at most; as many as the deadline allows unless said. */
  readonly attempts?: number;
}

/** Milliseconds; the pause between attempts grows from the first to the longest. */
const firstPause = 5;
const longestPause = 500;

/** @throws what `work` throws, or the driver; then nothing of it is written, unless the end of it is unknown. */
export async function inTransaction(
  connection: Connection,
  { deadline, attempts = Number.POSITIVE_INFINITY }: Patience,
  work: (session: ClientSession) => Promise<void>,
): Promise<void> {
  const until = performance.now() + deadline;
  const session = connection.getClient().startSession();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        session.startTransaction({ writeConcern: { w: 'majority', wtimeoutMS: deadline } });
        await work(session);
        await commit(session, until);
        return;
      } catch (error) {
        await session.abortTransaction().catch(() => undefined);
        const pause = Math.random() * Math.min(longestPause, firstPause * 1.5 ** attempt);
        if (!isTransient(error) || attempt >= attempts || performance.now() + pause >= until) throw error;
        await setTimeout(pause);
      }
    }
  } finally {
    await session.endSession();
  }
}

async function commit(session: ClientSession, until: number): Promise<void> {
  for (;;) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (!isUnknownCommit(error) || performance.now() >= until) throw error;
      await setTimeout(firstPause);
    }
  }
}
