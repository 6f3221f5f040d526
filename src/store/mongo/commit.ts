/**
 * How a commit gets done. One write needs no transaction: a document is changed whole or not at all. Several go into one;
 * commits that waited together share it, and where it is refused each is judged alone.
 */
import { setTimeout } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { Clock } from '../../base/clock.ts';
import { DomainError, isDomainError } from '../../base/errors.ts';
import { applyWrites, mayMeetExpired, releaseExpired } from './apply-writes.ts';
import { isAbsence, isDuplicate, isForgotten, isLostWrite, isTakenId } from './engine-error.ts';
import { numberedWrite } from './numbered-write.ts';
import { type Occasion, operationOf, type PlannedWrite } from './operations.ts';
import { inTransaction } from './transaction.ts';

export type Commit = readonly PlannedWrite[];

export interface Committing {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Milliseconds. */
  readonly deadline: number;
}

const occasionNow = ({ clock }: Committing): Occasion => ({ now: clock.now() });

/** @throws DomainError `store.conflict`, `store.duplicate`; the driver's error when the engine cannot answer. */
export async function commitAlone(means: Committing, commit: Commit): Promise<void> {
  try {
    const [only] = commit;
    if (commit.length === 1 && only) await writeOne(means, only);
    else await writeTogether(means, commit);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    if (!mayMeetExpired(commit)) throw taken(commit, error);
    await writeOverExpired(means, commit);
  }
}

/** All of them, or none: `refused` says that one of them was refused, and all are to be tried alone. */
export async function commitGroup(means: Committing, group: readonly Commit[]): Promise<'done' | 'refused'> {
  try {
    await writeTogether(means, group.flat(), groupAttempts);
    return 'done';
  } catch (error) {
    // What one of them is to blame for must not be told to its neighbours. Where nobody answers, each alone would only wait again;
    // and it may be done.
    if (isDomainError(error, 'store.unavailable') || (isAbsence(error) && !isForgotten(error))) throw error;
    return 'refused';
  }
}

/** Then another node is after the same records: one that is after them must not keep the whole group. */
const groupAttempts = 2;

const writeTogether = (means: Committing, writes: Commit, attempts?: number): Promise<void> =>
  inTransaction(
    means.connection,
    { deadline: means.deadline, ...(attempts === undefined ? {} : { attempts }) },
    (session) => applyWrites(writes, occasionNow(means), session),
  );

async function writeOverExpired(means: Committing, writes: Commit): Promise<void> {
  try {
    await inTransaction(means.connection, means, async (session) => {
      const occasion = occasionNow(means);
      const expired = await releaseExpired(writes, occasion, session);
      await applyWrites(writes, { ...occasion, expired }, session);
    });
  } catch (error) {
    throw isDuplicate(error) ? taken(writes, error) : error;
  }
}

const taken = (writes: Commit, cause: unknown): DomainError =>
  new DomainError(
    'store.duplicate',
    { collections: [...new Set(writes.map(({ table }) => table.collection.name))] },
    cause,
  );

/** Sent under one number until the answer is there. */
async function writeOne({ connection, clock, deadline }: Committing, write: PlannedWrite): Promise<void> {
  const until = performance.now() + deadline;
  const session = connection.getClient().startSession();
  const { name } = write.table.collection;
  const { bulk, counted } = operationOf(write, { now: clock.now() });
  const number = () => numberedWrite(name, bulk, { connection, session, wtimeoutMS: deadline });
  try {
    for (let numbered = number(); ; ) {
      try {
        const done = await numbered.send();
        if (counted !== 'nothing' && done !== 1) throw new DomainError('store.conflict', { collection: name });
        return;
      } catch (error) {
        // Two that both found nothing to add to: the second finds the first one's record.
        const isRace = write.kind === 'add' && isTakenId(error) && !mayMeetExpired([write]);
        if ((!isLostWrite(error) && !isRace) || performance.now() >= until) throw error;
        if (isRace) numbered = number();
        else await setTimeout(pauseAfterLoss);
      }
    }
  } finally {
    await session.endSession();
  }
}

/** Milliseconds. */
const pauseAfterLoss = 50;
