/**
 * OIDC single sign-on with the records on a replica set, against the same on SQLite. Three members, the node and the load
 * share this machine, so flows per second say little of three machines; processor time of the node says more.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { mongod, mongodVersion } from '../../support/mongo/mongod.ts';
import { startReplicaSet } from '../../support/mongo/replica-set.ts';
import { type Measured, startSekisho } from '../measured.ts';
import { signIn } from '../password-login.ts';
import { inTurn, median, round } from '../round.ts';
import type { Finding, Row } from '../row.ts';
import { singleSignOn } from '../single-sign-on.ts';
import { openUniversity, settings, type University } from '../university.ts';

const rounds = 3;
const load = { flows: 1_000, atOnce: 16 };
const people = 20;
const what = 'OIDC single sign-on on a replica set of three, all on this machine, against SQLite';

export const singleSignOnMongoRow: Row = {
  name: 'single-sign-on-mongo',
  async run(say) {
    if (!mongod.isMet) return [{ what, measured: 'left out: no mongod here; `npm run mongod` brings one' }];
    const university = await openUniversity({ accounts: 1_000, connections: 100 }, say);
    const set = await startReplicaSet();
    try {
      const url = set.url('bench');
      await copyTo(url, university);
      return [await compare(university, url)];
    } finally {
      await set.close();
      university.close();
    }
  },
};

async function compare(university: University, url: string): Promise<Finding> {
  const [onSqlite, onMongo] = await Promise.all([
    startSekisho(university.directory),
    startSekisho(university.directory, { SEKISHO__STORE__URL: url }),
  ]);
  const atStart = { sqlite: (await onSqlite.usage()).rssMiB, mongo: (await onMongo.usage()).rssMiB };
  const flowOf = async ({ ready }: Measured) =>
    singleSignOn(ready, await signIn(ready, university.credentials, people));
  const [sqlite, mongo] = [await flowOf(onSqlite), await flowOf(onMongo)];
  const pairs = await inTurn(rounds, async () => ({
    mongo: await round(onMongo, mongo, load),
    sqlite: await round(onSqlite, sqlite, load),
  }));
  await Promise.all([onSqlite.stop(), onMongo.stop()]);
  return {
    what,
    measured: `${median(pairs.map((pair) => pair.mongo.flowsPerSecond)).toFixed(0)} flows/s`,
    against: `${median(pairs.map((pair) => pair.sqlite.flowsPerSecond)).toFixed(0)} flows/s`,
    value: median(pairs.map((pair) => pair.mongo.flowsPerSecond / pair.sqlite.flowsPerSecond)),
    cpuSeconds: median(pairs.map((pair) => pair.mongo.cpuSeconds)),
    cpuSecondsAgainst: median(pairs.map((pair) => pair.sqlite.cpuSeconds)),
    rssMiB: median(pairs.map((pair) => pair.mongo.rssMiB)),
    more: { rounds, ...load, mongod: mongodVersion(), rssMiBAtStart: atStart, pairs },
  };
}

/** The same people, sessions and keys on both. */
async function copyTo(url: string, { directory }: University): Promise<void> {
  const env = { ...process.env, ...settings(directory, 3000), SEKISHO_COPY_TO: url };
  const from = `sqlite:${join(directory, 'sekisho.db')}`;
  await promisify(execFile)(process.execPath, ['src/main.ts', 'store', 'copy', '--from', from], { env });
}
