/**
 * Collections and indexes as declared. What is there is left alone; what lacks is built while other nodes go on. An index
 * that nobody declares any more is removed a day later: until then nodes of the version before may be at work.
 */
import type { Connection, mongo } from 'mongoose';
import type { Clock } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import { DomainError } from '../../base/errors.ts';
import { codeOf, isDuplicate } from './engine-error.ts';
import type { Models, Table } from './models.ts';
import { expiredAt } from './plan-query.ts';

/** Counts changes of how documents are laid out, not of what is declared. */
const layout = 1;

interface Standing {
  readonly _id: 'store';
  readonly layout: number;
  /** Since when the index (`collection/name`) has not been declared, in milliseconds. */
  readonly undeclared?: Readonly<Record<string, number>>;
}

const NAMESPACE_EXISTS = 48;
const INDEX_NOT_FOUND = 27;

/** A day after a record has expired the database removes it by itself; before that, `sweep` does. */
const removeAfterSeconds = 86_400;

const expiryIndex = 'expiry';

export interface Preparing {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly building?: ((collections: readonly string[]) => void) | undefined;
}

/** @throws DomainError `store.version`; `store.upgrade_failed` when a unique index finds a value twice. */
export async function prepare(models: Models, { connection, clock, building }: Preparing): Promise<void> {
  const database = connection.db as mongo.Db;
  const standings = standingsIn(database);
  // A write, too: an account that may only read is found out at the start and not at the first login.
  const standing = await standings.findOneAndUpdate(
    { _id: 'store' },
    { $setOnInsert: { layout } },
    { upsert: true, returnDocument: 'after', writeConcern: { w: 'majority' } },
  );
  refuseNewer(standing);
  const present = new Set((await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const tables = [...models];
  await Promise.all(tables.filter(({ model }) => !present.has(model.collection.name)).map(makeCollection));
  const found = await Promise.all(tables.map(compareIndexes));
  const lacking = found.filter(({ missing }) => missing.length > 0);
  const large = lacking.filter(({ table }) => present.has(table.collection.name));
  if (large.length > 0) building?.(large.map(({ table }) => table.collection.name));
  await Promise.all(lacking.map((found) => buildIndexes(found, clock)));
  const undeclared = found.flatMap((one) => one.undeclared);
  await dropForgotten(standings, standing?.undeclared ?? {}, undeclared, { database, now: clock.now() });
}

/** What is known of the database as a whole. */
export const standingsIn = (database: mongo.Db): mongo.Collection<Standing> => database.collection('sekisho');

/** @throws DomainError `store.version` for a database of a newer version. */
export function refuseNewer(standing: Standing | null): void {
  if (standing && standing.layout > layout) {
    throw new DomainError('store.version', { found: standing.layout, known: layout });
  }
}

async function makeCollection({ model }: Table): Promise<void> {
  try {
    await model.createCollection();
  } catch (error) {
    if (codeOf(error) !== NAMESPACE_EXISTS) throw error;
  }
}

interface Found {
  readonly table: Table;
  readonly missing: readonly mongo.IndexDescription[];
  /** `collection/name` of those that are ours and that nobody declares. */
  readonly undeclared: readonly string[];
}

async function compareIndexes(table: Table): Promise<Found> {
  const declared = indexesOf(table);
  const names = declared.map(({ name }) => name);
  const there = (await table.documents.indexes()).map(({ name = '' }) => name);
  return {
    table,
    missing: declared.filter(({ name = '' }) => !there.includes(name)),
    undeclared: there
      .filter((name) => isOurs.test(name) && !names.includes(name))
      .map((name) => `${table.collection.name}/${name}`),
  };
}

/** Our names end in the mark of their declaration (models.ts); what an operator has added bears another. */
const isOurs = /_[0-9a-f]{8}$/;

export function indexesOf({ collection, indexes }: Table): readonly mongo.IndexDescription[] {
  const declared = [...indexes.values()].map(({ name, key, condition, declared: { unique } }) => ({
    name,
    key: { ...key },
    partialFilterExpression: condition,
    ...(unique ? { unique } : {}),
  }));
  if (collection.expiresAt === undefined) return declared;
  return [...declared, { name: expiryIndex, key: { expiresAt: 1 }, expireAfterSeconds: removeAfterSeconds }];
}

async function buildIndexes({ table, missing }: Pick<Found, 'table' | 'missing'>, clock: Clock): Promise<void> {
  try {
    // Not of all members: one that is down must not keep a node from starting.
    await table.documents.createIndexes([...missing], { commitQuorum: 'majority' });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // An expired record must not keep a unique index from being built.
    if (table.collection.expiresAt !== undefined) {
      const { deletedCount } = await table.documents.deleteMany(expiredAt(clock.now()));
      if (deletedCount > 0) return buildIndexes({ table, missing }, clock);
    }
    throw new DomainError('store.upgrade_failed', { collection: table.collection.name, reason: 'not_unique' }, error);
  }
}

async function dropForgotten(
  standings: mongo.Collection<Standing>,
  before: Readonly<Record<string, number>>,
  undeclared: readonly string[],
  { database, now }: { readonly database: mongo.Db; readonly now: number },
): Promise<void> {
  if (undeclared.length === 0 && Object.keys(before).length === 0) return;
  const since = Object.fromEntries(undeclared.map((index) => [index, before[index] ?? now]));
  for (const [index, at] of Object.entries(since)) {
    if (at > now - days(1)) continue;
    const [collection = '', name = ''] = index.split('/');
    await database
      .collection(collection)
      .dropIndex(name)
      .catch((error: unknown) => {
        if (codeOf(error) !== INDEX_NOT_FOUND) throw error;
      });
    delete since[index];
  }
  await standings.updateOne({ _id: 'store' }, { $set: { undeclared: since } }, { writeConcern: { w: 'majority' } });
}
