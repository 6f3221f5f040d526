import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { dropNotice } from '../../../src/core/notices/drop.ts';
import { countNotices, listNotices } from '../../../src/core/notices/list.ts';
import { retryNotice } from '../../../src/core/notices/retry.ts';
import { freshOutbox, full, hour, logoutAt, mailTo, minute, unknown } from './outbox-stage.ts';

const operator = { kind: 'operator', id: 'test' } as const;

describe('listNotices', () => {
  const outbox = freshOutbox();

  it('filters by state, kind and account, newest first, without contents', async () => {
    const stage = outbox();
    stage.answer = ({ to }) => (to === 's1' ? full : { kind: 'accepted' });
    await stage.owe({ ...mailTo('a@example.jp'), accountId: 'a' });
    stage.clock.advance(1_000);
    await stage.owe({ ...logoutAt('kulasis', 's1'), accountId: 'a' });
    await stage.deliver();
    const topics = async (filter: Parameters<typeof listNotices>[1]) =>
      (await listNotices(stage.world, filter)).records.map(({ topic }) => topic);
    expect(await topics({})).toEqual(['oidc kulasis', 'password_changed']);
    expect(await topics({ accountId: 'a', kind: 'mail' })).toEqual(['password_changed']);
    expect(await topics({ state: 'due' })).toEqual(['oidc kulasis']);
    expect(await topics({ kind: 'webhook' })).toEqual([]);
    expect(await countNotices(stage.world, 'due')).toBe(1);
    for (const row of (await listNotices(stage.world)).records) expect(row).not.toHaveProperty('content');
  });

  it('pages', async () => {
    const stage = outbox();
    await stage.owe(mailTo('a@example.jp'), mailTo('b@example.jp'), mailTo('c@example.jp'));
    const first = await listNotices(stage.world, { limit: 2 });
    const rest = await listNotices(stage.world, { limit: 2, ...(first.next ? { after: first.next } : {}) });
    expect([first.records.length, rest.records.length, rest.next]).toEqual([2, 1, undefined]);
  });
});

describe('retryNotice', () => {
  const outbox = freshOutbox();
  const onlyId = async (): Promise<string> => (await outbox().all())[0]?.id ?? '';

  it('sends a dead letter after all, in its place, and records who asked', async () => {
    const stage = outbox();
    stage.answer = () => unknown;
    await stage.owe(mailTo('a@example.jp'));
    await stage.deliver();
    stage.clock.advance(hour);
    expect(await retryNotice(stage.world, operator, await onlyId())).toEqual({ kind: 'due' });
    stage.answer = () => ({ kind: 'accepted' });
    await stage.deliver();
    const [notice] = await stage.all();
    expect(notice).toMatchObject({ state: 'sent', attempts: 1 });
    expect((await stage.audited()).map(({ type }) => type)).toEqual(['notice.dead', 'notice.retried', 'notice.sent']);
  });

  it('sends at once what waits for its next attempt', async () => {
    const stage = outbox();
    stage.answer = () => full;
    await stage.owe(mailTo('a@example.jp'));
    await stage.deliver();
    stage.answer = () => ({ kind: 'accepted' });
    await retryNotice(stage.world, operator, await onlyId());
    await stage.deliver();
    expect(await stage.states()).toEqual(['sent']);
  });

  it('refuses what was sent, what lost its secret, and what is not there', async () => {
    const stage = outbox();
    await stage.owe(mailTo('a@example.jp'));
    await stage.deliver();
    expect(await retryNotice(stage.world, operator, await onlyId())).toEqual({ kind: 'refused', reason: 'settled' });
    expect(await retryNotice(stage.world, operator, 'none')).toEqual({ kind: 'not_found' });
    stage.answer = () => unknown;
    stage.clock.advance(1_000);
    await stage.owe({ ...mailTo('b@example.jp'), lapsesAt: stage.clock.now() + hour });
    await stage.deliver();
    const secret = (await stage.all())[1]?.id ?? '';
    expect(await retryNotice(stage.world, operator, secret)).toEqual({ kind: 'refused', reason: 'erased' });
  });
});

describe('dropNotice', () => {
  const outbox = freshOutbox();

  it('erases it, records who did it, and lets those behind it go on', async () => {
    const stage = outbox();
    stage.answer = () => full;
    await stage.owe(mailTo('a@example.jp'), mailTo('a@example.jp'));
    await stage.deliver();
    const [first] = await stage.all();
    expect(await dropNotice(stage.world, operator, first?.id ?? '', 'sent by hand')).toEqual({ kind: 'dropped' });
    stage.answer = () => ({ kind: 'accepted' });
    await stage.deliver();
    expect(await stage.states()).toEqual(['dropped', 'sent']);
    expect((await stage.all())[0]).not.toHaveProperty('content');
    expect(await stage.audited()).toContainEqual({
      type: 'notice.dropped',
      noticeId: first?.id,
      cause: 'operator',
      reason: 'sent by hand',
    });
  });

  it('refuses what is being sent at this moment, until its claim has ended', async () => {
    const stage = outbox();
    await stage.owe(mailTo('a@example.jp'));
    const id = (await stage.all())[0]?.id ?? '';
    stage.answer = () => new Promise(() => undefined);
    void stage.deliver();
    while (stage.offered.length === 0) await setImmediate();
    expect(await dropNotice(stage.world, operator, id, 'sent by hand')).toEqual({ kind: 'refused', reason: 'sending' });
    stage.clock.advance(3 * minute);
    stage.answer = () => full;
    await stage.deliver();
    expect(await dropNotice(stage.world, operator, id, 'sent by hand')).toEqual({ kind: 'dropped' });
  });
});
