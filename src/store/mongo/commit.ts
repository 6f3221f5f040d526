/**
 * How a commit gets done. One write needs no transaction: a document is changed whole or not at all. Several go into one;
 * commits that waited together share it, and where it is refused each is judged alone.
 */
import { setTimeout } from 'node:timers/promises';
import mongoose, { type Connection } from 'mongoose';
import type { Clock } from '../../base/clock.ts';
import { DomainError, isDomainError } from '../../base/errors.ts';
import { applyWrites, mayMeetExpired, releaseExpired } from './apply-writes.ts';
import { isDuplicate, isLostWrite, isTransient } from './engine-error.ts';
import type { Occasion, PlannedWrite } from './operations.ts';
import { inTransaction } from './transaction.ts';

export type Commit = readonly PlannedWrite[];

export interface Committing {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Milliseconds. */
  readonly deadline: number;
}

const occasionNow = ({ clock }: Committing): Occasion => ({ now: clock.now(), by: new mongoose.Types.ObjectId() });

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
    if (isDomainError(error, 'store.conflict') || isDuplicate(error) || isTransient(error)) return 'refused';
    throw error;
  }
}

/** Then another node is after the same records: one that is after them must not keep the whole group. */
const groupAttempts = 2;

const writeTogether = (means: Committing, writes: Commit, attempts?: number): Promise<void> =>
  inTransaction(
    means.connection,
    { deadline: means.deadline, ...(attempts === undefined ? {} : { attempts }) },
    (session) => applyWrites(writes, occasionNow(means), { session, wtimeoutMS: means.deadline }),
  );

async function writeOverExpired(means: Committing, writes: Commit): Promise<void> {
  try {
    await inTransaction(means.connection, means, async (session) => {
      const occasion = occasionNow(means);
      const expired = await releaseExpired(writes, occasion, session);
      await applyWrites(writes, { ...occasion, expired }, { session, wtimeoutMS: means.deadline });
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

/**
 * The driver sends a write whose answer was lost once more, under the number of the first, so that it is done once. When
 * that is lost too, we look before we write: the state that the record is in names the commit that made it.
 */
async function writeOne(means: Committing, write: PlannedWrite): Promise<void> {
  const { deadline } = means;
  const until = performance.now() + deadline;
  const { by } = occasionNow(means);
  for (let isLost = false; ; isLost = true) {
    try {
      if (isLost && (await isDone(write, by))) return;
      await applyWrites([write], { now: means.clock.now(), by }, { wtimeoutMS: deadline });
      return;
    } catch (error) {
      // Two that both found nothing to add to: the second finds the first one's record.
      const isRace = write.kind === 'add' && isDuplicate(error) && !mayMeetExpired([write]);
      if ((!isLostWrite(error) && !isRace) || performance.now() >= until) throw error;
      if (!isRace) await setTimeout(pauseAfterLoss);
    }
  }
}

/** Milliseconds. */
const pauseAfterLoss = 50;

const isDone = async ({ table, id }: PlannedWrite, by: Occasion['by']): Promise<boolean> =>
  (await table.documents.findOne({ _id: id, by }, { projection: { _id: 1 } })) !== null;
