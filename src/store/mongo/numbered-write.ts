/**
 * One write outside of a transaction, to be sent until there is an answer: the servers remember under the number that a session
 * gave it what they did (https://github.com/mongodb/specifications/blob/master/source/retryable-writes), also those that become
 * primary, and do it once. The driver numbers writes itself, but sends each twice at most, or once when its connection was given up.
 */
import mongoose, { type ClientSession, type Connection, type mongo } from 'mongoose';
import type { RecordDocument } from './models.ts';

const { Long, MongoServerError } = mongoose.mongo;

export interface NumberedWrite {
  /** May be repeated. Answers to how many documents it was done, the first time. @throws the driver's error. */
  send(): Promise<number>;
}

export interface Sending {
  readonly connection: Connection;
  /** Used for nothing else meanwhile. */
  readonly session: ClientSession;
  /** Milliseconds. */
  readonly wtimeoutMS: number;
}

export function numberedWrite(
  collection: string,
  operation: mongo.AnyBulkWriteOperation<RecordDocument>,
  { connection, session, wtimeoutMS }: Sending,
): NumberedWrite {
  // The session goes back to the driver's pool, and whoever gets it next must begin beyond.
  session.serverSession.txnNumber += 1;
  const command = {
    ...commandFor(collection, operation),
    txnNumber: Long.fromNumber(session.serverSession.txnNumber),
    writeConcern: { w: 'majority', wtimeout: wtimeoutMS },
  };
  return {
    async send() {
      const answer = await (connection.db as mongo.Db).command(command, { session, ignoreUndefined: true });
      const [refusal] = answer.writeErrors ?? [];
      if (refusal) throw new MongoServerError(refusal);
      return answer.n;
    },
  };
}

function commandFor(collection: string, operation: mongo.AnyBulkWriteOperation<RecordDocument>): mongo.Document {
  if ('insertOne' in operation) return { insert: collection, documents: [operation.insertOne.document] };
  if ('replaceOne' in operation) {
    const { filter, replacement } = operation.replaceOne;
    return { update: collection, updates: [{ q: filter, u: replacement }] };
  }
  if ('updateOne' in operation) {
    const { filter, update, upsert = false } = operation.updateOne;
    return { update: collection, updates: [{ q: filter, u: update, upsert }] };
  }
  if ('deleteOne' in operation) return { delete: collection, deletes: [{ q: operation.deleteOne.filter, limit: 1 }] };
  throw new TypeError('a write of many documents has no number');
}
