/** Where the records of two nodes lie: a file that both open, or a database on a replica set of three. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import mongoose from 'mongoose';
import { masterKeyUses } from '../../src/core/keys/master-key-use.ts';
import { keyRing } from '../../src/core/keys/ring.ts';
import { leaseFences, leases } from '../../src/core/leases/lease.ts';
import { freshDatabase } from '../support/mongo/fresh-database.ts';

export interface FreshStore {
  /** For `store.url`. */
  readonly url: string;
  /** Under the hands of the nodes, which keep their keys and their turns: to start them anew takes a set ten seconds. */
  empty(): Promise<void>;
  drop(): Promise<void>;
}

export type OpenFreshStore = () => Promise<FreshStore>;

const kept: readonly string[] = [keyRing, masterKeyUses, leases, leaseFences].map(({ name }) => name);

export const oneFile: OpenFreshStore = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-nodes-'));
  const path = join(folder, 'sekisho.db');
  return {
    url: `sqlite:${path}`,
    async empty() {
      const file = new DatabaseSync(path, { timeout: 5_000 });
      const tables = file.prepare(
        `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'record\\_%' ESCAPE '\\'`,
      );
      for (const { name } of tables.all()) {
        if (!kept.includes(String(name).slice('record_'.length))) file.exec(`DELETE FROM ${name}`);
      }
      // Whoever edits a file under the hands of nodes has to tell them (store/sqlite/changes.ts).
      file.exec('INSERT INTO change (keys) VALUES (NULL)');
      file.close();
    },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
};

export const replicaSet: OpenFreshStore = async () => {
  const { url, drop } = await freshDatabase();
  const client = new mongoose.mongo.MongoClient(url);
  return {
    url,
    async empty() {
      const found = await client.db().listCollections({ type: 'collection' }, { nameOnly: true }).toArray();
      const emptied = found.filter(({ name }) => !kept.includes(name));
      await Promise.all(emptied.map(({ name }) => client.db().collection(name).deleteMany({})));
    },
    async drop() {
      await client.close();
      await drop();
    },
  };
};
