/**
 * Run as a process of its own: `turning-process.ts <file> <folder of keys>` turns the master key, goes on with a turn that was
 * interrupted, and prints a line after each commit that is acknowledged. Does nothing when the key has turned already.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/base/clock.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { auditEvents } from '../../../src/core/audit/event.ts';
import { followUse, masterKeyUses, readUse } from '../../../src/core/keys/master-key-use.ts';
import { loadMasterKey } from '../../../src/core/keys/master-keys.ts';
import { keyRing } from '../../../src/core/keys/ring.ts';
import { sealedKeys } from '../../../src/core/keys/sealed-keys.ts';
import { makeNext, putInForce, resealAll, retireLeft, stageOf } from '../../../src/core/keys/turn-master-key.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { sealedNotices } from '../../../src/core/notices/sealed-notices.ts';
import { openStore } from '../../../src/store/open.ts';

const [path = '', folder = ''] = process.argv.slice(2);
const collections = [auditEvents, keyRing, masterKeyUses, notices];
const store = await openStore({ url: `sqlite:${path}`, collections, clock: systemClock });
const commit = store.commit.bind(store);
store.commit = async (writes) => {
  await commit(writes);
  // Written at once: a line that waited in a buffer would be lost with the process.
  writeSync(1, 'committed\n');
};
const world = { store, clock: systemClock, ids: systemIds };
const masterKey = loadMasterKey(folder, systemIds);
await followUse(world, masterKey);
const actor = { kind: 'operator', id: 'test' } as const;
const turn = { world, masterKey, places: [sealedKeys, sealedNotices], actor };
const stage = await stageOf(turn);
const hasTurned = stage.kind === 'resting' && ((await readUse(store))?.retired.length ?? 0) > 0;
if (!hasTurned) {
  if (stage.kind === 'resting') await makeNext(turn);
  if (stage.kind !== 'leaving') await putInForce(turn);
  await resealAll(turn);
  await retireLeft(turn);
}
await store.close();
