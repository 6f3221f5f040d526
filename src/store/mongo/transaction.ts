/**
 * One transaction, begun again while the cluster says that it may yet succeed: an election, a write conflict. What the
 * answer to its end was lost for is asked again until it is known (MongoDB Transactions specification, "withTransaction"),
 * but for no longer than the deadline, which is why the driver's own loop of two minutes does not do.
 */
import { setTimeout } from 'node:timers/promises';
import type { ClientSession, Connection } from 'mongoose';
import { DomainError } from '../../base/errors.ts';
import { isAbsence, isForgotten, isTransient } from './engine-error.ts';

export interface Patience {
  /** Milliseconds. */
  readonly deadline: number;
  /** Attempts at most while others are in the way; as many as the deadline allows unless said. */
  readonly attempts?: number;
}

/** Milliseconds; the pause between attempts grows from the first to the longest. */
const firstPause = 5;
const longestPause = 500;

/** @throws what `work` throws, or the driver: then nothing is written; DomainError `store.unavailable` when the end is unknown. */
export async function inTransaction(
  connection: Connection,
  { deadline, attempts = Number.POSITIVE_INFINITY }: Patience,
  work: (session: ClientSession) => Promise<void>,
): Promise<void> {
  const until = performance.now() + deadline;
  const session = connection.getClient().startSession();
  const pauseAfter = async (error: unknown, attempt: number): Promise<void> => {
    // The stopwatch's fraction keeps those apart that were in each other's way; nothing secret hangs on it.
    const pause = (performance.now() % 1) * Math.min(longestPause, firstPause * 1.5 ** attempt);
    if ((attempt >= attempts && !isAbsence(error)) || performance.now() + pause >= until) throw error;
    await setTimeout(pause);
  };
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        session.startTransaction({ writeConcern: { w: 'majority', wtimeoutMS: deadline } });
        await work(session);
      } catch (error) {
        await session.abortTransaction().catch(() => undefined);
        if (!isTransient(error)) throw error;
        await pauseAfter(error, attempt);
        continue;
      }
      try {
        return await commit(session, until);
      } catch (error) {
        // A broken connection says nothing here: to begin anew could do it twice.
        if (!isForgotten(error)) throw error;
        await pauseAfter(error, attempt);
      }
    }
  } finally {
    await session.endSession();
  }
}

/**
 * Whatever is answered but that it is forgotten leaves it open whether it is done, also what has another name: the refusal of a
 * transaction that the server does not know says so for certain only with its label.
 */
async function commit(session: ClientSession, until: number): Promise<void> {
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 1.5)) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (isForgotten(error)) throw error;
      if (performance.now() + pause >= until) {
        throw new DomainError('store.unavailable', { reason: 'end_unknown' }, error);
      }
      await setTimeout(pause);
    }
  }
}
