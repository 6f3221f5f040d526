/** Says of a database that a copy into it has begun and has not ended. */
import type { mongo } from 'mongoose';
import { DomainError } from '../../base/errors.ts';
import { isDuplicate } from './engine-error.ts';
import { standingsIn } from './prepare.ts';

interface Mark {
  readonly _id: 'copy';
  readonly run: string;
}

const marksIn = (database: mongo.Db): mongo.Collection<Mark> =>
  database.collection<Mark>(standingsIn(database).collectionName);

export const copyMarkOf = async (database: mongo.Db): Promise<string | undefined> =>
  (await marksIn(database).findOne({ _id: 'copy' }))?.run;

/** Whether it was `from`, and is `to` now: also when it is so already, since the answer to the first asking may be lost. */
export async function moveCopyMark(
  database: mongo.Db,
  from: string | undefined,
  to: string | undefined,
): Promise<boolean> {
  const marks = marksIn(database);
  if ((await copyMarkOf(database)) === to) return true;
  if (to === undefined) return (await marks.deleteOne({ _id: 'copy', run: from as string })).deletedCount === 1;
  if (from !== undefined) {
    return (await marks.updateOne({ _id: 'copy', run: from }, { $set: { run: to } })).matchedCount === 1;
  }
  try {
    await marks.insertOne({ _id: 'copy', run: to });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** @throws DomainError `store.half_copied` */
export async function refuseHalfCopied(database: mongo.Db): Promise<void> {
  if ((await copyMarkOf(database)) !== undefined) {
    throw new DomainError('store.half_copied', { database: database.databaseName });
  }
}
