/** A mongod by itself: as somebody starts it who has not heard of replica sets, or not yet initiated one. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { MongoMemoryServer } from 'mongodb-memory-server-core';
import { type Member, memberOf } from './member.ts';
import { mongod, mongodVersion } from './mongod.ts';
import { makeFolder } from './stale-folders.ts';
import { unusedPorts } from './unused-ports.ts';

export interface SingleMongod extends Member {
  close(): Promise<void>;
}

/** `replSet`: waits to be initiated as a member of that set. */
export async function startSingleMongod({ replSet }: { readonly replSet?: string } = {}): Promise<SingleMongod> {
  const folder = makeFolder();
  const [port = 0] = await unusedPorts(1);
  const dbPath = join(folder, String(port));
  mkdirSync(dbPath);
  const library = new MongoMemoryServer({
    binary: { systemBinary: mongod.path, version: mongodVersion() },
    instance: {
      port,
      dbPath,
      storageEngine: 'wiredTiger',
      launchTimeout: 60_000,
      args: ['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'diagnosticDataCollectionEnabled=false'],
      ...(replSet === undefined ? {} : { replSet }),
    },
  });
  await library.start();
  const member = memberOf(library, `127.0.0.1:${port}`);
  return {
    ...member,
    get isAlive() {
      return member.isAlive;
    },
    async close() {
      await member.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
