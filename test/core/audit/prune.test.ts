import { describe, expect, it } from '@jest/globals';
import { auditEvents } from '../../../src/core/audit/event.ts';
import { pruneAudit } from '../../../src/core/audit/prune.ts';
import { verifyAudit } from '../../../src/core/audit/verify.ts';
import type { World } from '../../../src/core/world.ts';
import { auditStage } from './audit-stage.ts';

describe('pruneAudit', () => {
  const stage = auditStage();
  const prune = (before = stage().clock.now() + 1, batches = 100) =>
    pruneAudit(stage().world, stage().ring, { before, batches });
  const remaining = async () => (await stage().events()).map(({ batch }) => batch);

  it('does nothing where nothing is sealed', async () => {
    await stage().tell(2);
    expect(await prune()).toEqual({ events: 0, isDone: true });
  });

  it('removes the events of old batches, signs how far, and leaves the chain provable', async () => {
    await stage().sealed(3, 3);
    const before = stage().clock.now() + 1;
    await stage().sealed(3);
    expect(await prune(before)).toMatchObject({ events: 6, isDone: true, checkpoint: { prunedThrough: 2, batch: 3 } });
    expect(await remaining()).toEqual([3, 3, 3]);
    expect((await stage().judge()).summary).toMatchObject({ problems: 0, events: 3, pruned: 6 });
    expect(await prune(before)).toEqual({ events: 0, isDone: true });
  });

  it('keeps a batch of which one event is not old enough', async () => {
    await stage().sealed(3);
    expect(await prune(stage().clock.now())).toEqual({ events: 0, isDone: true });
    expect(await remaining()).toEqual([1, 1, 1]);
  });

  it('goes on where the turn before ended', async () => {
    await stage().sealed(1, 1, 1);
    expect(await prune(undefined, 2)).toMatchObject({ events: 2, isDone: false });
    expect(await prune(undefined, 2)).toMatchObject({ events: 1, isDone: true });
    expect((await stage().judge()).summary).toMatchObject({ problems: 0, pruned: 3, checkpoints: 2 });
  });

  it('finishes what a node began that died after signing', async () => {
    const { world, ring } = stage();
    await stage().sealed(2, 2);
    // The node dies with its second commit, the one that removes.
    let commits = 0;
    const dying: World = {
      ...world,
      store: {
        ...forwarding(world),
        async commit(writes) {
          commits += 1;
          if (commits === 2) throw new Error('the node is gone');
          await world.store.commit(writes);
        },
      },
    };
    await expect(pruneAudit(dying, ring, { before: stage().clock.now() + 1, batches: 9 })).rejects.toThrow('gone');
    expect(await remaining()).toEqual([1, 1, 2, 2]);
    expect((await stage().judge()).problems).toEqual([]);
    expect(await prune()).toEqual({ events: 4, isDone: true });
    expect((await stage().judge()).summary).toMatchObject({ problems: 0, pruned: 4 });
  });

  it('does not clear away what was tampered with, nor anything after it', async () => {
    await stage().sealed(2, 2, 2);
    const [id = ''] = await stage().idsOf(2);
    await stage().change(auditEvents, id, { at: 7 });
    expect(await prune()).toMatchObject({ events: 2, isDone: true, blockedAt: 2 });
    expect((await stage().judge()).problems).toEqual([{ kind: 'event.changed', batch: 2, eventId: id }]);
  });

  it('excuses no event that is missing beyond what was signed', async () => {
    await stage().sealed(2, 2);
    await prune(undefined, 1);
    const [id = ''] = await stage().idsOf(2);
    await stage().take(auditEvents, id);
    expect((await stage().judge()).problems).toEqual([{ kind: 'event.removed', batch: 2, eventId: id }]);
  });

  it('is not taken for theft by a verifier that had already begun', async () => {
    await stage().sealed(2, 2);
    const tamperedFirst = (await stage().idsOf(1))[0] ?? '';
    await stage().change(auditEvents, tamperedFirst, { batch: 7 });
    const findings = verifyAudit(stage().world, stage().keys);
    // It stands in the first batch now, its checkpoints read.
    expect((await findings.next()).value).toMatchObject({ kind: 'event.reordered', eventId: tamperedFirst });
    await stage().change(auditEvents, tamperedFirst, { batch: 1 });
    await prune();
    expect((await findings.next()).value).toMatchObject({ kind: 'summary', problems: 1, pruned: 2 });
  });
});

/** The store of a world as a literal whose operations can be replaced one by one. */
const forwarding = ({ store }: World): World['store'] => ({
  get: (collection, id) => store.get(collection, id),
  find: (collection, query) => store.find(collection, query),
  count: (collection, query) => store.count(collection, query),
  commit: (writes) => store.commit(writes),
  sweep: (limit) => store.sweep(limit),
  ping: () => store.ping(),
  close: () => store.close(),
});
