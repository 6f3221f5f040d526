/** The writes of a transaction: one bulk per collection, and a refusal where one of them found another state. */
import type { ClientSession, mongo } from 'mongoose';
import { DomainError } from '../../base/errors.ts';
import { pathOf, type RecordDocument, type Table } from './models.ts';
import { type Counted, type Occasion, operationOf, type PlannedWrite } from './operations.ts';
import { expiredAt, type Filter } from './plan-query.ts';

interface Bulk {
  readonly table: Table;
  readonly operations: mongo.AnyBulkWriteOperation<RecordDocument>[];
  readonly counted: Record<Counted, number>;
}

/**
 * In the order given within each collection; the order between collections does not show.
 * @throws DomainError `store.conflict`; the driver's error for a taken value.
 */
export async function applyWrites(
  writes: readonly PlannedWrite[],
  occasion: Occasion,
  session: ClientSession,
): Promise<void> {
  for (const { table, operations, counted } of bulksOf(writes, occasion)) {
    const result = await table.documents.bulkWrite(operations, { ordered: true, session });
    const isWhole =
      result.insertedCount === counted.inserted &&
      result.matchedCount + result.upsertedCount === counted.matched &&
      (counted.deleted === 0 || result.deletedCount === counted.deleted);
    if (!isWhole) throw new DomainError('store.conflict', { collection: table.collection.name });
  }
}

function bulksOf(writes: readonly PlannedWrite[], occasion: Occasion): readonly Bulk[] {
  const latest = new Map<Table, Bulk>();
  const bulks: Bulk[] = [];
  for (const write of writes) {
    const { bulk, counted } = operationOf(write, occasion);
    let open = latest.get(write.table);
    // A removal that may find nothing would blur the count of those that must find something.
    const isBlurred =
      open &&
      ((counted === 'nothing' && open.counted.deleted > 0) || (counted === 'deleted' && open.counted.nothing > 0));
    if (open === undefined || isBlurred) {
      open = { table: write.table, operations: [], counted: { inserted: 0, matched: 0, deleted: 0, nothing: 0 } };
      latest.set(write.table, open);
      bulks.push(open);
    }
    open.operations.push(bulk);
    open.counted[counted] += 1;
  }
  return bulks;
}

/** Whether something may stand in their way that does not exist any more. */
export const mayMeetExpired = (writes: readonly PlannedWrite[]): boolean =>
  writes.some(({ kind, table }) => kind !== 'remove' && table.collection.expiresAt !== undefined);

/**
 * Removes expired records that hold an id or a unique value which the writes claim: they must not keep it taken. Answers
 * their versions, so that who has read one of them cannot replace what took its id.
 */
export async function releaseExpired(
  writes: readonly PlannedWrite[],
  { now }: Occasion,
  session: ClientSession,
): Promise<ReadonlyMap<string, number>> {
  const versions = new Map<string, number>();
  for (const write of writes) {
    if (write.kind === 'remove' || write.table.collection.expiresAt === undefined) continue;
    const { documents } = write.table;
    if (write.kind === 'insert') {
      const gone = await documents.findOne({ _id: write.id, ...expiredAt(now) }, { session });
      if (gone) versions.set(write.id, gone.version);
    }
    const claims = claimsOf(write);
    if (claims.length > 0) await documents.deleteMany({ $or: claims, ...expiredAt(now) }, { session });
  }
  return versions;
}

function claimsOf(write: Extract<PlannedWrite, { readonly kind: 'insert' | 'replace' | 'add' }>): Filter[] {
  const { body } = write.draft;
  const claims: Filter[] = write.kind === 'insert' ? [{ _id: { $eq: write.id } }] : [];
  for (const { declared } of write.table.indexes.values()) {
    if (!declared.unique) continue;
    const values = declared.fields.map((field) => [pathOf(field), body[field]] as const);
    if (values.some(([, value]) => value === undefined || value === null)) continue;
    claims.push(
      Object.fromEntries(values.map(([path, value]) => [path, declared.multiple ? { $in: value } : { $eq: value }])),
    );
  }
  return claims;
}
