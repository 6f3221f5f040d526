/** A sealer that is killed, again and again, in the middle of its work, leaves a chain that the next one continues. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/base/clock.ts';
import { systemIds } from '../../../src/base/ids.ts';
import { auditBatches } from '../../../src/core/audit/batch.ts';
import { auditCheckpoints } from '../../../src/core/audit/checkpoint.ts';
import { auditEvents, auditWrite } from '../../../src/core/audit/event.ts';
import { highestNumber } from '../../../src/core/audit/numbered.ts';
import { auditKeysOf } from '../../../src/core/audit/public-keys.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { keyRing, openRing } from '../../../src/core/keys/ring.ts';
import { openStore } from '../../../src/store/open.ts';
import { temporaryFiles } from '../../store/sqlite/temporary-file.ts';
import { sampleTurning } from '../fresh-world.ts';
import { actor, auditCollections, judge } from './audit-stage.ts';

const key = Buffer.alloc(32, 1);
const newPath = temporaryFiles();
const program = fileURLToPath(new URL('./sealer-process.ts', import.meta.url));

/** Answers what the process acknowledged before it was killed, or before it had nothing left to do. */
async function runSealer(path: string, killAfter: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, path, key.toString('hex')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === killAfter) child.kill('SIGKILL');
  }
  await exited;
  return lines;
}

describe('a sealer that is killed', () => {
  it('has sealed what it acknowledged, nothing twice and nothing by half', async () => {
    const path = newPath();
    const collections = [auditEvents, keyRing, ...auditCollections];
    const store = await openStore({ url: `sqlite:${path}`, collections, clock: systemClock });
    const world = { store, clock: systemClock, ids: systemIds };
    const keys = auditKeysOf(await openRing(world, sampleTurning(masterKeyOf(key))));
    const facts = { type: 'setup.link_issued' } as const;
    await store.commit(Array.from({ length: 300 }, () => auditWrite(world, actor, facts)));
    for (const killAfter of [1, 4, 11, 20]) {
      const acknowledged = await runSealer(path, killAfter);
      expect(acknowledged.length).toBeGreaterThanOrEqual(killAfter);
      const { problems, summary } = await judge(world, keys);
      expect(problems).toEqual([]);
      expect(summary.events + summary.unsealed.count).toBe(300);
      const last = (kind: string) => Number(acknowledged.findLast((line) => line.startsWith(kind))?.split(' ')[1] ?? 0);
      expect(await highestNumber(store, auditBatches)).toBeGreaterThanOrEqual(last('batch'));
      expect(await highestNumber(store, auditCheckpoints)).toBeGreaterThanOrEqual(last('checkpoint'));
    }
    await runSealer(path, Number.POSITIVE_INFINITY);
    expect((await judge(world, keys)).summary).toMatchObject({ problems: 0, events: 300, unsealed: { count: 0 } });
    await store.close();
  }, 60_000);
});
