import { describe, expect, it } from '@jest/globals';
import { openLog } from '../../../src/base/log.ts';
import { deliverDue } from '../../../src/core/notices/deliver-due.ts';
import { retryNotice } from '../../../src/core/notices/retry.ts';
import type { SendOutcome } from '../../../src/core/notices/sender.ts';
import { day, down, freshOutbox, full, hour, logoutAt, mailTo, minute, unknown } from './outbox-stage.ts';

describe('deliverDue', () => {
  const outbox = freshOutbox();
  const recipients = (): readonly string[] => outbox().offered.map(({ to }) => to);

  it('sends what is due, records it and erases what was sent', async () => {
    const { owe, deliver, all, audited } = outbox();
    await owe({ ...mailTo('a@example.jp'), accountId: 'account-a' });
    await deliver();
    expect(recipients()).toEqual(['a@example.jp']);
    const [notice] = await all();
    expect(notice).toMatchObject({ state: 'sent', attempts: 1 });
    expect(notice).not.toHaveProperty('content');
    expect(await audited()).toEqual([{ type: 'notice.sent', noticeId: notice?.id, accountId: 'account-a' }]);
  });

  it('sends nothing twice', async () => {
    const { owe, deliver } = outbox();
    await owe(mailTo('a@example.jp'));
    await deliver();
    await deliver();
    expect(recipients()).toHaveLength(1);
  });

  it('sends once when two senders come at once', async () => {
    const { owe, deliver } = outbox();
    await owe(...Array.from({ length: 30 }, (_, place) => mailTo(`r${place}@example.jp`)));
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(recipients().toSorted()).toEqual([...new Set(recipients())].toSorted());
    expect(recipients()).toHaveLength(30);
  });

  it('keeps the order of the mails to one recipient, and lets others pass', async () => {
    const stage = outbox();
    await stage.owe(mailTo('a@example.jp'), mailTo('A@example.jp '), mailTo('b@example.jp'));
    stage.answer = ({ to }) => (to === 'a@example.jp' ? full : { kind: 'accepted' });
    await stage.deliver();
    await stage.deliver();
    expect(recipients().toSorted()).toEqual(['a@example.jp', 'b@example.jp']);
    stage.answer = () => ({ kind: 'accepted' });
    stage.clock.advance(2 * minute);
    await stage.deliver();
    expect(recipients().slice(2)).toEqual(['a@example.jp', 'A@example.jp ']);
  });

  it('holds back a mail that is owed while an earlier one waits for its next attempt', async () => {
    const stage = outbox();
    stage.answer = () => full;
    await stage.owe(mailTo('a@example.jp', 'self'));
    await stage.deliver();
    stage.clock.advance(1_000);
    await stage.owe(mailTo('a@example.jp', 'desk'));
    await stage.deliver();
    expect(stage.offered).toHaveLength(1);
    expect((await stage.all()).map(({ attempts }) => attempts)).toEqual([1, 0]);
  });

  it('goes on behind a mail that was refused for good', async () => {
    const stage = outbox();
    await stage.owe(mailTo('a@example.jp'), mailTo('a@example.jp'));
    let answers = 0;
    stage.answer = () => {
      answers += 1;
      return answers === 1 ? unknown : { kind: 'accepted' };
    };
    await stage.deliver();
    expect(await stage.states()).toEqual(['dead', 'sent']);
    expect((await stage.all())[0]).toMatchObject({ attempts: 1, lastError: 'RCPT TO 550 5.1.1' });
  });

  it('lets a secret wait behind nobody', async () => {
    const stage = outbox();
    stage.answer = ({ envelope }) => (envelope.createdAt === stage.clock.now() ? { kind: 'accepted' } : full);
    await stage.owe(mailTo('a@example.jp'));
    stage.clock.advance(1_000);
    await stage.deliver();
    await stage.owe({ ...mailTo('a@example.jp'), lapsesAt: stage.clock.now() + 10 * minute });
    await stage.deliver();
    expect(await stage.states()).toEqual(['due', 'sent']);
  });

  it.each([
    ['a secret is not put off with the mail before it', 1],
    ['a mail is not put off with the secret before it', 0],
  ])('keeps secrets and mails to one recipient apart: %s', async (_case, secretPlace) => {
    const stage = outbox();
    const secret = { ...mailTo('a@example.jp'), lapsesAt: stage.clock.now() + 10 * minute };
    const owed = secretPlace === 1 ? [mailTo('a@example.jp'), secret] : [secret, mailTo('a@example.jp')];
    await stage.owe(...owed);
    const first = (await stage.all())[0]?.id;
    stage.answer = ({ envelope }) => (envelope.id === first ? full : { kind: 'accepted' });
    await stage.deliver();
    expect(await stage.states()).toEqual(['due', 'sent']);
  });

  it('drops a secret that lapsed, records it, and erases it', async () => {
    const stage = outbox();
    stage.answer = () => down;
    await stage.owe({ ...mailTo('a@example.jp'), lapsesAt: stage.clock.now() + 10 * minute });
    for (let passed = 0; passed < 11; passed += 1) {
      await stage.deliver();
      stage.clock.advance(minute);
    }
    stage.answer = () => ({ kind: 'accepted' });
    const offered = stage.offered.length;
    await stage.deliver();
    expect(stage.offered).toHaveLength(offered);
    const [notice] = await stage.all();
    expect(notice).toMatchObject({ state: 'dropped' });
    expect(notice).not.toHaveProperty('content');
    expect(await stage.audited()).toContainEqual({ type: 'notice.dropped', noticeId: notice?.id, cause: 'lapsed' });
  });

  it('erases a secret that was refused for good, and keeps other dead letters for a retry', async () => {
    const stage = outbox();
    stage.answer = () => unknown;
    await stage.owe({ ...mailTo('a@example.jp'), lapsesAt: stage.clock.now() + hour }, mailTo('b@example.jp'));
    await stage.deliver();
    const [secret, plain] = await stage.all();
    expect(secret).not.toHaveProperty('content');
    expect(plain).toHaveProperty('content');
  });

  it('asks a closed way once and leaves the others of its kind untried', async () => {
    const stage = outbox();
    stage.answer = () => down;
    await stage.owe(...Array.from({ length: 50 }, (_, place) => mailTo(`r${place}@example.jp`)));
    await stage.deliver();
    expect(stage.offered.length).toBeLessThanOrEqual(5);
    expect(await stage.states()).toEqual(Array.from({ length: 50 }, () => 'due'));
  });

  it('lets a kind whose way is closed delay no other', async () => {
    const stage = outbox();
    stage.answer = ({ to }) => (to === 's1' ? down : { kind: 'accepted' });
    await stage.owe(logoutAt('kulasis', 's1'), mailTo('a@example.jp'));
    await stage.deliver();
    expect(await stage.states()).toEqual(['due', 'sent']);
  });

  it('asks a service that is down once, and not for each of its messages', async () => {
    const stage = outbox();
    stage.answer = () => full;
    await stage.owe(...Array.from({ length: 20 }, (_, place) => logoutAt('kulasis', `s${place}`)));
    await stage.deliver();
    await stage.deliver();
    expect(stage.offered).toHaveLength(1);
    stage.answer = () => ({ kind: 'accepted' });
    stage.clock.advance(2 * minute);
    await stage.deliver();
    expect(await stage.states()).toEqual(Array.from({ length: 20 }, () => 'sent'));
  });

  it('goes on behind a message that is put off alone, and leaves that to its own time', async () => {
    const stage = outbox();
    const refused: SendOutcome = { kind: 'later', reason: 'status 400', about: 'notice' };
    stage.answer = ({ to }) => (to === 's1' ? refused : { kind: 'accepted' });
    await stage.owe(logoutAt('kulasis', 's1'), logoutAt('kulasis', 's2'), logoutAt('kulasis', 's3'));
    await stage.deliver();
    expect(await stage.states()).toEqual(['due', 'sent', 'sent']);
    stage.clock.advance(30_000);
    await stage.owe(logoutAt('kulasis', 's4'));
    await stage.deliver();
    await stage.deliver();
    expect(recipients()).toEqual(['s1', 's2', 's3', 's4']);
    stage.clock.advance(minute);
    await stage.deliver();
    expect(recipients().at(-1)).toBe('s1');
    expect((await stage.all())[0]).toMatchObject({ state: 'due', attempts: 2, lastError: 'status 400' });
  });

  it('wakes what waits for a recipient who is there, although the message tried is put off', async () => {
    const stage = outbox();
    stage.answer = () => full;
    await stage.owe(logoutAt('kulasis', 's1'), logoutAt('kulasis', 's2'));
    await stage.deliver();
    stage.answer = ({ to }) =>
      to === 's1' ? { kind: 'later', reason: 'status 400', about: 'notice' } : { kind: 'accepted' };
    const [first] = await stage.all();
    await retryNotice(stage.world, { kind: 'operator', id: 'tester' }, first?.id ?? '');
    await stage.deliver();
    await stage.deliver();
    expect(await stage.states()).toEqual(['due', 'sent']);
  });

  it('sends the kinds that it is asked to, and no others', async () => {
    const stage = outbox();
    const { world, means } = stage;
    await stage.owe(logoutAt('kulasis', 's1'), mailTo('a@example.jp'));
    const turn = { world, signal: new AbortController().signal, log: openLog('silent') };
    await deliverDue(means, turn, ['mail', 'webhook']);
    expect(recipients()).toEqual(['a@example.jp']);
    await deliverDue(means, turn, ['logout']);
    expect(recipients()).toEqual(['a@example.jp', 's1']);
  });

  it('gives up when patience ends, and shows it as dead', async () => {
    const stage = outbox();
    stage.answer = () => full;
    await stage.owe(mailTo('a@example.jp'));
    for (let passed = 0; passed <= 4 * 24; passed += 1) {
      await stage.deliver();
      stage.clock.advance(hour);
    }
    const [notice] = await stage.all();
    expect(notice).toMatchObject({ state: 'dead', lastError: 'RCPT TO 452 4.2.2' });
    expect(notice?.attempts).toBeGreaterThan(15);
    expect(await stage.audited()).toEqual([{ type: 'notice.dead', noticeId: notice?.id }]);
  });

  it('loses nothing and keeps the order when the way was closed for a day', async () => {
    const stage = outbox();
    stage.answer = () => down;
    for (let passed = 0; passed < 24; passed += 1) {
      await stage.owe(mailTo('a@example.jp'), mailTo(`r${passed}@example.jp`));
      await stage.deliver();
      stage.clock.advance(hour);
    }
    stage.answer = () => ({ kind: 'accepted' });
    const before = stage.offered.length;
    for (let passed = 0; passed < 15; passed += 1) {
      await stage.deliver();
      stage.clock.advance(minute);
    }
    const sent = stage.offered.slice(before);
    expect(sent).toHaveLength(48);
    const toOne = sent.filter(({ to }) => to === 'a@example.jp').map(({ envelope }) => envelope.createdAt);
    expect(toOne).toEqual(toOne.toSorted((a, b) => a - b));
    expect(new Set(await stage.states())).toEqual(new Set(['sent']));
  });

  it('hands a notice back uncounted when this node must stop', async () => {
    const stage = outbox();
    const stop = new AbortController();
    stage.answer = () => {
      stop.abort();
      return { kind: 'unreachable', reason: 'EABORT' };
    };
    await stage.owe(mailTo('a@example.jp'), mailTo('b@example.jp'));
    await stage.deliver(stop.signal);
    const untouched = { state: 'due', attempts: 0, dueAt: stage.clock.now() };
    expect(await stage.all()).toEqual([expect.objectContaining(untouched), expect.objectContaining(untouched)]);
  });

  it('tries what a sender choked on again, and logs none of it', async () => {
    const stage = outbox();
    stage.answer = () => {
      throw new TypeError('a@example.jp is the secret');
    };
    await stage.owe(mailTo('a@example.jp'));
    await stage.deliver();
    expect((await stage.all())[0]).toMatchObject({ state: 'due', lastError: 'internal' });
    expect(stage.lines.join('')).toContain('notice could not be sent');
    expect(stage.lines.join('')).not.toContain('a@example.jp');
  });

  it('keeps a kind without a sender waiting, and shows in the end that it was not delivered', async () => {
    const stage = outbox();
    await stage.owe({
      kind: 'webhook',
      content: { subscriptionId: 's', url: 'https://s.example/', event: 'account.suspended', body: '{}' },
    });
    await stage.deliver();
    expect((await stage.all())[0]).toMatchObject({ state: 'due', lastError: 'no sender' });
    stage.clock.advance(5 * day);
    await stage.deliver();
    expect(await stage.states()).toEqual(['dead']);
  });
});
