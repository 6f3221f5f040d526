/**
 * Run as a process of its own: `copy-process.ts <from> <to> <count>` copies what a store of ours holds, and is killed when it
 * has read so many records.
 */
import { systemClock } from '../../src/base/clock.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { everyCollection as collections } from '../../src/ground.ts';
import type { AnyRecord } from '../../src/store/contents.ts';
import { copyContents } from '../../src/store/copy.ts';
import { openContents } from '../../src/store/open.ts';

const [from, to, last] = process.argv.slice(2);
const [source, target] = await Promise.all(
  [from, to].map(async (url = '') => {
    const opened = await openContents({ url, collections, clock: systemClock, make: true });
    if (opened.kind === 'refused') throw new Error(opened.fault);
    return opened.contents;
  }),
);
if (!source || !target) throw new TypeError('from where, and to where?');
let copied = 0;
await copyContents(
  {
    source,
    target,
    collections,
    liveAt: systemClock.now(),
    run: 'killed',
    trace: () => ({ collection: auditEvents, record: { id: 'never', version: 1 } as AnyRecord }),
    passed: (phase) => {
      if (phase === 'copied') copied += 1;
      if (copied === Number(last)) process.kill(process.pid, 'SIGKILL');
    },
  },
  await target.mark(),
);
