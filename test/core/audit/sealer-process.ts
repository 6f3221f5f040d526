/**
 * Run as a process of its own: `sealer-process.ts <file> <master key in hex>` seals and signs for as long as it lives, and prints the number of
 * each batch and checkpoint once its commit is acknowledged.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/base/clock.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { auditBatches } from '../../../src/core/audit/batch.ts';
import { auditCheckpoints, signCheckpoint } from '../../../src/core/audit/checkpoint.ts';
import { auditEvents } from '../../../src/core/audit/event.ts';
import { auditHead } from '../../../src/core/audit/head.ts';
import { sealNext } from '../../../src/core/audit/seal.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { keyRing, readRing } from '../../../src/core/keys/ring.ts';
import { openStore } from '../../../src/store/open.ts';

const [path = '', key = ''] = process.argv.slice(2);
const collections = [auditEvents, auditBatches, auditCheckpoints, auditHead, keyRing];
const store = await openStore({ url: `sqlite:${path}`, collections, clock: systemClock });
const world = { store, clock: systemClock, ids: systemIds };
const ring = await readRing(world, masterKeyOf(Buffer.from(key, 'hex')));
for (;;) {
  const batch = await sealNext(world, 3);
  if (!batch) break;
  // Written at once: a line that waited in a buffer would be lost with the process.
  writeSync(1, `batch ${batch.number}\n`);
  const checkpoint = await signCheckpoint(world, ring);
  writeSync(1, `checkpoint ${checkpoint?.number}\n`);
}
await store.close();
