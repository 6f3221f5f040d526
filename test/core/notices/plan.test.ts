import { describe, expect, it } from '@jest/globals';
import { notices } from '../../../src/core/notices/notice.ts';
import { planNotices } from '../../../src/core/notices/plan.ts';
import { freshOutbox, mailTo } from './outbox-stage.ts';

describe('planNotices', () => {
  const outbox = freshOutbox();

  it('stores neither the address nor the words in the clear', async () => {
    const { owe, all } = outbox();
    await owe(mailTo('hanako@example.jp'));
    const text = JSON.stringify(await all());
    for (const secret of ['hanako', 'example.jp', 'a0123456', '花子']) expect(text).not.toContain(secret);
  });

  it('gives several of one commit an order', async () => {
    const { owe, deliver, offered } = outbox();
    await owe(mailTo('a@example.jp'), mailTo('b@example.jp'), mailTo('c@example.jp'));
    await deliver();
    expect(offered.map(({ to }) => to).sort()).toEqual(['a@example.jp', 'b@example.jp', 'c@example.jp']);
    const orders = (await outbox().all()).map(({ order }) => order);
    expect(new Set(orders).size).toBe(3);
  });

  it('leaves out what is owed already, also after it was sent', async () => {
    const { owe, deliver, all } = outbox();
    const once = { ...mailTo('a@example.jp'), dedupeKey: 'expiry/a/2026' };
    await owe(once);
    await deliver();
    await owe(once);
    expect(await all()).toHaveLength(1);
  });

  it('lets one of two commits that owe the same at once through', async () => {
    const { world, masterKey, all } = outbox();
    const once = { ...mailTo('a@example.jp'), dedupeKey: 'expiry/a/2026' };
    const plans = await Promise.all([1, 2].map(() => planNotices(world, masterKey, [once])));
    const ends = await Promise.allSettled(plans.map((writes) => world.store.commit(writes)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'store.duplicate' } });
    expect(await all()).toHaveLength(1);
  });

  it('is undone with the change when that fails', async () => {
    const { world, masterKey, all } = outbox();
    const writes = await planNotices(world, masterKey, [mailTo('a@example.jp')]);
    const impossible = { kind: 'replace', collection: notices, record: { id: 'none', version: 7 } } as const;
    await expect(world.store.commit([...writes, impossible])).rejects.toThrow();
    expect(await all()).toEqual([]);
  });
});
