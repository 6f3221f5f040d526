/**
 * Each collection as a model: what a document looks like, under which names its indexes are found. A record lies in `body`
 * as it is, so that a person can read it in the database's own shell, and an index declared later needs no record rewritten.
 */
import { createHash } from 'node:crypto';
import mongoose, { type Connection, type Model, type mongo } from 'mongoose';
import { checkCollections } from '../check-collections.ts';
import type { AnyCollection, Index, StoredRecord } from '../port.ts';

export interface RecordDocument {
  readonly _id: string;
  readonly version: number;
  readonly expiresAt?: Date;
  /** The record without its id and version. */
  readonly body: Readonly<Record<string, unknown>>;
  /** JSON of those fields of it that BSON would not give back exactly as they were. */
  readonly text?: string;
}

export interface Table {
  readonly collection: AnyCollection;
  readonly model: Model<RecordDocument>;
  /** The same by its driver: for writes that are checked already, which a model would check and copy once more. */
  readonly documents: mongo.Collection<RecordDocument>;
  readonly indexes: ReadonlyMap<string, TableIndex>;
}

export interface TableIndex {
  readonly declared: Index<StoredRecord>;
  /** Its name in the database, which changes with the declaration: nodes of two versions each find their own. */
  readonly name: string;
  readonly key: Readonly<Record<string, 1>>;
  /** Keeps those records out that lack a field. A query must repeat it to be answered from the index. */
  readonly condition: Readonly<Record<string, object>>;
}

export class Models {
  readonly #byName: ReadonlyMap<string, Table>;

  /** @throws TypeError for a declaration that cannot be. */
  constructor(connection: Connection, collections: readonly AnyCollection[]) {
    checkCollections(collections);
    this.#byName = new Map(collections.map((collection) => [collection.name, tableFor(connection, collection)]));
  }

  /** @throws TypeError when the store was not opened with this collection. */
  of({ name }: AnyCollection): Table {
    const table = this.#byName.get(name);
    if (table === undefined) throw new TypeError(`the store was opened without the collection ${name}`);
    return table;
  }

  [Symbol.iterator](): IterableIterator<Table> {
    return this.#byName.values();
  }
}

export const pathOf = (field: string): string => `body.${field}`;

const layout = {
  _id: { type: String, required: true },
  version: { type: Number, required: true },
  expiresAt: Date,
  body: { type: mongoose.Schema.Types.Mixed, required: true },
  text: String,
} as const;

// Nothing is made in passing: prepare.ts makes collections and indexes, and what is not declared is refused.
const manners = {
  strict: 'throw',
  strictQuery: 'throw',
  minimize: false,
  versionKey: false,
  id: false,
  autoCreate: false,
  autoIndex: false,
} as const;

function tableFor(connection: Connection, collection: AnyCollection): Table {
  const schema = new mongoose.Schema<RecordDocument>(layout, manners);
  const model = connection.model<RecordDocument>(collection.name, schema, collection.name);
  return {
    collection,
    model,
    documents: model.collection as unknown as mongo.Collection<RecordDocument>,
    indexes: new Map(collection.indexes.map((index) => [index.name, indexFor(index)])),
  };
}

function indexFor(declared: Index<StoredRecord>): TableIndex {
  const paths = declared.fields.map(pathOf);
  // A unique value is its own place in the order; others are told apart by id.
  const ordered = declared.unique ? paths : [...paths, '_id'];
  const key = Object.fromEntries(ordered.map((path) => [path, 1 as const]));
  // Not `$exists`: null keeps a record out as well.
  const types = declared.multiple ? ['string'] : ['string', 'number', 'bool'];
  const condition = Object.fromEntries(paths.map((path) => [path, { $type: types }]));
  const shape = JSON.stringify({ key, condition, unique: declared.unique === true });
  const mark = createHash('sha256').update(shape).digest('hex').slice(0, 8);
  return { declared, name: `${declared.name}_${mark}`, key, condition };
}
