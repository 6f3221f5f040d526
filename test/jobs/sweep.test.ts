import { describe, expect, it } from '@jest/globals';
import { runJob } from '../../src/jobs/run-job.ts';
import { sweep } from '../../src/jobs/sweep.ts';
import { insert } from '../../src/store/port.ts';
import { entries, type Node, nodesOnOneStore } from './nodes.ts';

const { openNode } = nodesOnOneStore('file');
const job = sweep({ kind: 'every', pause: 300_000 });

async function writeExpiring(node: Node, count: number): Promise<void> {
  const at = node.clock.now();
  const expiring = Array.from({ length: count }, (_, number) =>
    insert(entries, { id: `e${number}`, text: '', at, expiresAt: at + 1_000 }),
  );
  await node.world.store.commit([...expiring, insert(entries, { id: 'kept', text: '', at })]);
  node.clock.advance(2_000);
}

describe('sweep', () => {
  it('removes everything that has expired, in batches, and nothing else', async () => {
    const node = await openNode('a');
    await writeExpiring(node, 1_200);
    const batches: number[] = [];
    const { store } = node.world;
    const sweepBatch = store.sweep;
    const observed = {
      ...store,
      sweep: async (limit: number) => {
        const removed = await sweepBatch(limit);
        batches.push(removed);
        return removed;
      },
    };
    const place = { ...node, world: { ...node.world, store: observed } };
    expect(await runJob(place, job, new AbortController().signal)).toEqual({ kind: 'done' });
    expect(batches).toEqual([500, 500, 200]);
    expect(await store.sweep(1)).toBe(0);
    expect(await store.get(entries, 'kept')).toBeDefined();
    expect(node.lines).toContainEqual(expect.objectContaining({ msg: 'expired records swept', removed: 1_200 }));
  });

  it('ends between batches when it is asked to', async () => {
    const node = await openNode('a');
    await writeExpiring(node, 1_200);
    const asked = new AbortController();
    const ended = runJob(node, job, asked.signal);
    asked.abort();
    expect(await ended).toEqual({ kind: 'stopped' });
    expect(await node.world.store.sweep(1)).toBe(1);
  });
});
