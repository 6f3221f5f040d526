/**
 * A database for a test: `describeWith(mongodb, …)`, then `const database = await freshDatabase()` in beforeEach (or beforeAll),
 * `database.url` for `store.url`, `await database.drop()` afterwards. All test files of a run have one replica set of three in
 * common: the first that imports this starts it, global-teardown.ts ends it. MONGODB_URI names one that runs already. Who wants to
 * kill members starts a set of his own (replica-set.ts).
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mongoose from 'mongoose';
import type { Need } from '../find-program.ts';
import { databaseUrl } from './database-url.ts';
import { mongod } from './mongod.ts';
import { oncePerRun, runFolder } from './once-per-run.ts';
import { until } from './until.ts';

const named = process.env.MONGODB_URI || undefined;

export const mongodb: Need = named === undefined ? mongod : { name: 'mongod', isMet: true, path: named };

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Waited for while a test file is loaded, which has no time limit: a set takes three seconds, and twenty on a busy machine. */
const set = named ?? (mongod.isMet && runFolder() !== undefined ? await oncePerRun('set', startForAll) : undefined);

export async function freshDatabase(): Promise<FreshDatabase> {
  if (set === undefined) throw new Error('no MongoDB, or no run of jest with global-setup.ts');
  const url = databaseUrl(set, `test_${randomBytes(8).toString('hex')}`);
  return { url, drop: () => dropDatabase(url) };
}

async function startForAll(): Promise<string> {
  const folder = runFolder() ?? '';
  const [output, errors] = [join(folder, 'set.out'), join(folder, 'set.err')];
  // Detached and with files for its output: it outlives the worker that happened to ask first.
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'main.ts'), '--while', process.env.SEKISHO_TEST_RUN_PID ?? ''],
    {
      detached: true,
      stdio: ['ignore', openSync(output, 'w'), openSync(errors, 'w')],
    },
  );
  child.unref();
  writeFileSync(join(folder, 'set.pid'), String(child.pid));
  return until('a replica set', 90, () => {
    if (child.exitCode !== null) throw new Error(`no replica set: ${readFileSync(errors, 'utf8')}`);
    return /^(mongodb:.*)\n/.exec(readFileSync(output, 'utf8'))?.[1];
  });
}

async function dropDatabase(url: string): Promise<void> {
  const client = new mongoose.mongo.MongoClient(url);
  try {
    await client.db().dropDatabase();
  } finally {
    await client.close();
  }
}
