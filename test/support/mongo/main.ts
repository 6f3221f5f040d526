/**
 * A replica set to develop and measure on: `node test/support/mongo/main.ts` prints its connection string and holds it until SIGINT
 * or SIGTERM; its members and their data go with it. `--while <pid>` ends it with that process too, however that came to its end.
 */
import { parseArgs } from 'node:util';
import { startReplicaSet } from './replica-set.ts';
import { isRunning } from './stale-folders.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '3' },
    while: { type: 'string' },
    database: { type: 'string', default: 'sekisho' },
  },
});

const end = Promise.withResolvers<void>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end.resolve());
const owner = values.while === undefined ? undefined : Number(values.while);
setInterval(() => {
  if (owner !== undefined && !isRunning(owner)) end.resolve();
}, 1_000);

const set = await startReplicaSet({ members: Number(values.members) });
process.stdout.write(`${set.url(values.database)}\n`);
await end.promise;
await set.close();
process.exit();
