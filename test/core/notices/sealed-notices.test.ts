import { describe, expect, it } from '@jest/globals';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { keyIdOf } from '../../../src/core/keys/seal.ts';
import { claimNotice } from '../../../src/core/notices/claim.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { openContent } from '../../../src/core/notices/sealed-content.ts';
import { sealedNotices } from '../../../src/core/notices/sealed-notices.ts';
import { planDead } from '../../../src/core/notices/settle.ts';
import { replace } from '../../../src/store/port.ts';
import { sampleMasterKey as old } from '../fresh-world.ts';
import { freshOutbox, mailTo } from './outbox-stage.ts';

const bare = masterKeyOf(Buffer.alloc(32, 2));
/** The new key, in a process that still has the old one. */
const both = { ...bare, named: (id: string) => (id === old.id ? old : bare.named(id)) };

describe('what is owed, when the master key turns', () => {
  const outbox = freshOutbox();

  it('is sealed again in every state that may still be sent, in more than one page', async () => {
    const { world, owe, all } = outbox();
    for (let batch = 0; batch < 5; batch += 1) {
      await owe(...Array.from({ length: 50 }, (_, i) => mailTo(`a${batch}-${i}@example.jp`)));
    }
    const [dead] = await all();
    if (dead) await world.store.commit(planDead(world, dead, 'smtp 550'));
    expect(await sealedNotices.countUnder(world.store, old.id)).toBe(250);
    const told: number[] = [];
    expect(await sealedNotices.reseal(world, both, (count) => told.push(count))).toEqual({ done: 250, unreadable: 0 });
    expect(told.at(-1)).toBe(250);
    expect(told.length).toBeGreaterThan(2);
    expect(await sealedNotices.countUnder(world.store, old.id)).toBe(0);
    const to = (await all()).map((notice) => (openContent(bare, notice).content as { to: string }).to);
    expect(new Set(to).size).toBe(250);
    expect(await sealedNotices.reseal(world, both)).toEqual({ done: 0, unreadable: 0 });
  });

  it('keeps its order: mails to one address stay in one queue, whichever key was in force', async () => {
    const { world, owe, all } = outbox();
    await owe(mailTo('a@example.jp'));
    await sealedNotices.reseal(world, both);
    await owe(mailTo('a@example.jp'));
    expect(new Set((await all()).map(({ queue }) => queue)).size).toBe(2);
    await sealedNotices.reseal(world, both);
    expect(new Set((await all()).map(({ queue }) => queue)).size).toBe(1);
    expect((await all()).map(({ recipient }) => keyIdOf(recipient))).toEqual([bare.id, bare.id]);
  });

  it('puts no mail into a queue that waits behind nobody', async () => {
    const { world, owe, all, clock } = outbox();
    await owe({ ...mailTo('a@example.jp'), lapsesAt: clock.now() + 60_000 });
    await sealedNotices.reseal(world, both);
    expect((await all())[0]).not.toHaveProperty('queue');
  });

  it('is left alone while it is being sent, until the claim has ended', async () => {
    const { world, owe, all, clock } = outbox();
    await owe(mailTo('a@example.jp'));
    const [notice] = await all();
    if (notice) await claimNotice(world, notice);
    expect(await sealedNotices.reseal(world, both)).toEqual({ done: 0, unreadable: 0 });
    clock.advance(180_000);
    expect(await sealedNotices.reseal(world, both)).toEqual({ done: 1, unreadable: 0 });
  });

  it('is passed over when somebody changes it at the same moment, and found the next time', async () => {
    const { world, owe, all } = outbox();
    await owe(mailTo('a@example.jp'), mailTo('b@example.jp'));
    const store = Object.create(world.store) as typeof world.store;
    let isFirst = true;
    store.commit = async (writes) => {
      const [notice] = await all();
      if (isFirst && notice) {
        isFirst = false;
        await world.store.commit([replace(notices, { ...notice, attempts: 7 })]);
      }
      return world.store.commit(writes);
    };
    expect(await sealedNotices.reseal({ ...world, store }, both)).toEqual({ done: 1, unreadable: 0 });
    expect(await sealedNotices.countUnder(world.store, old.id)).toBe(1);
    expect(await sealedNotices.reseal(world, both)).toEqual({ done: 1, unreadable: 0 });
    expect((await all()).filter(({ attempts }) => attempts === 7)).toHaveLength(1);
  });

  it('stays as it is when its key is not at hand, and is counted', async () => {
    const { world, owe } = outbox();
    await owe(mailTo('a@example.jp'));
    expect(await sealedNotices.reseal(world, bare)).toEqual({ done: 0, unreadable: 1 });
    expect(await sealedNotices.countUnder(world.store, old.id)).toBe(1);
  });
});
