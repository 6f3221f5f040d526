/**
 * A database file whose whole contents are moved. It is held alone from the first read to the last write: a process that
 * had it open would go on writing to what is being read, or be surprised by what is written.
 */
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DomainError } from '../../base/errors.ts';
import type { AnyRecord, ContentsMeans, OpenedContents, StoreContents } from '../contents.ts';
import type { AnyCollection } from '../port.ts';
import { Connection } from './connection.ts';
import { copyMarkOf, moveCopyMark } from './copy-mark.ts';
import { decodeRecord } from './decode-record.ts';
import { encodeRecord } from './encode-record.ts';
import { tableOf } from './layout.ts';
import { layOut, layoutVersion, takeSteps } from './migrations.ts';
import { buildCollection, changedIn, makeCollections } from './prepare-collections.ts';
import { countsIn, headerOf, openStoreFile } from './store-file.ts';
import { takeAlone } from './take-alone.ts';
import { inTransaction } from './transaction.ts';

/** `path` is absolute. @throws DomainError `store.version` for a file of a newer version. */
export function openContents(path: string, means: ContentsMeans): OpenedContents {
  if (means.make) makeFile(path);
  const holder = takeAlone(path, 0);
  if (holder === 'in_use') return { kind: 'refused', engine: 'sqlite', name: path, fault: 'in_use' };
  if (!holder) {
    // Whoever looks from outside knows why it cannot be held.
    const looked = openStoreFile(path, 'store', means);
    if (looked.kind === 'opened') looked.file.close();
    return {
      kind: 'refused',
      engine: 'sqlite',
      name: path,
      fault: looked.kind === 'refused' ? looked.fault : 'unreadable',
    };
  }
  try {
    const isOurs = layoutVersion(holder) > 0 && hasTable(holder, 'collection');
    if (isOurs) return { kind: 'opened', contents: contentsOf(path, holder, means) };
  } catch (error) {
    holder.close();
    throw error;
  }
  holder.close();
  return { kind: 'refused', engine: 'sqlite', name: path, fault: 'foreign' };
}

/** Laid out, so that it can be told from a stranger's. Does nothing where anything is. */
function makeFile(path: string): void {
  if (existsSync(path) && (headerOf(path) || statSync(path).size > 0)) return;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw new DomainError('store.unavailable', { path }, error);
  }
  const connection = new Connection({ path, busyTimeoutMs: 5_000 });
  try {
    layOut(connection);
  } finally {
    connection.close();
  }
}

function contentsOf(path: string, holder: Connection, { collections, clock }: ContentsMeans): StoreContents {
  const { dev, ino } = statSync(path, { bigint: true });
  return {
    name: path,
    engine: 'sqlite',
    identity: `sqlite:${dev}:${ino}`,
    isAlone: true,
    counts: async () => countsIn(holder),
    page: async (collection, after, limit) => pageOf(holder, collection, after, limit),
    async prepare() {
      inTransaction(holder, () => {
        takeSteps(holder);
        for (const collection of changedIn(holder, collections)) buildCollection(holder, collection, clock);
      });
      makeCollections(holder, collections, clock);
    },
    write: async (collection, records) =>
      inTransaction(holder, () => {
        for (const record of records) put(holder, collection, record);
      }),
    remove: async (collection, ids) =>
      inTransaction(holder, () => {
        for (const id of ids) holder.change(`DELETE FROM ${tableOf(collection)} WHERE id = ?`, id);
      }),
    mark: async () => copyMarkOf(holder),
    moveMark: async (from, to) => moveCopyMark(holder, from, to),
    close: async () => holder.close(),
  };
}

function pageOf(
  holder: Connection,
  collection: AnyCollection,
  after: string | undefined,
  limit: number,
): readonly AnyRecord[] {
  const table = tableOf(collection);
  // A file of an older version lacks what came later.
  if (!hasTable(holder, table)) return [];
  const beyond = after === undefined ? '' : 'WHERE id > ?';
  const sql = `SELECT version, body FROM ${table} ${beyond} ORDER BY id LIMIT ?`;
  return holder.rows(sql, ...(after === undefined ? [] : [after]), limit).map((row) => decodeRecord(row));
}

function put(holder: Connection, collection: AnyCollection, record: AnyRecord): void {
  const { body, expiresAt } = encodeRecord(collection, record);
  holder.change(
    `INSERT INTO ${tableOf(collection)} (id, version, expires_at, body) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, expires_at = excluded.expires_at, body = excluded.body`,
    record.id,
    record.version,
    expiresAt,
    body,
  );
}

const hasTable = (holder: Connection, name: string): boolean =>
  holder.row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", name) !== undefined;
