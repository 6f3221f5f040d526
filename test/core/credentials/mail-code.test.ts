import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/base/duration.ts';
import { systemIds } from '../../../src/base/ids.ts';
import {
  type CodeWish,
  isMailCode,
  isOpen,
  type MailedCode,
  mailCodeRule,
  outboxKey,
  planMailCode,
  readMailCode,
  voided,
  withdrawMail,
  withOneTryLess,
} from '../../../src/core/credentials/mail-code.ts';
import { mailSendingRule } from '../../../src/core/credentials/mail-sending.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { openContent } from '../../../src/core/notices/sealed-content.ts';
import { noticeStanding } from '../../../src/core/notices/standing.ts';
import { replace, type Store } from '../../../src/store/port.ts';
import { sampleMails } from '../../mail/sample-mails.ts';
import { freshWorld } from '../fresh-world.ts';
import { startInstant } from '../sample-records.ts';

const receiver = { accountId: 'account-1', address: 'hanako@example.com', to: 'mail-code-1' };

describe('a code by mail', () => {
  const fresh = freshWorld();
  const means = () => ({ world: fresh().world, masterKey: fresh().masterKey });
  const plan = (wishes: Partial<CodeWish> = {}) =>
    planMailCode(means(), {
      receiver,
      locale: 'ja',
      mailOf: (code, expiresAt) => ({ ...sampleMails.sign_in_code, code, expiresAt }),
      ...wishes,
    });
  async function mail(wishes: Partial<CodeWish> = {}): Promise<MailedCode> {
    const mailing = await plan(wishes);
    if (mailing.kind !== 'mailed') throw new Error(JSON.stringify(mailing));
    await fresh().world.store.commit(mailing.writes);
    return mailing.code;
  }
  /** What stands in the mail. */
  async function digitsOf({ id }: MailedCode): Promise<string> {
    const { records } = await fresh().world.store.find(notices, { index: 'byDedupeKey', equals: [outboxKey(id)] });
    const owed = records[0] && openContent(fresh().masterKey, records[0]);
    if (owed?.kind !== 'mail' || !('code' in owed.content.mail)) throw new Error('no mail');
    return owed.content.mail.code;
  }
  const matches = (code: MailedCode, digits: string, whose = receiver) =>
    isMailCode(fresh().masterKey, code, whose, digits);

  it('has eight digits, and is good for ten minutes', async () => {
    const code = await mail();
    expect(await digitsOf(code)).toMatch(/^[0-9]{8}$/);
    expect(code).toMatchObject({ sentAt: startInstant, expiresAt: startInstant + minutes(10), triesLeft: 5, sent: 1 });
    expect(matches(code, await digitsOf(code))).toBe(true);
    expect(isOpen(code, receiver, code.expiresAt - 1)).toBe(true);
    expect(isOpen(code, receiver, code.expiresAt)).toBe(false);
  });

  it('is right under the master key of its time when the key has turned, and under no key that is not at hand', async () => {
    const code = await mail();
    const digits = await digitsOf(code);
    const before = fresh().masterKey;
    const next = masterKeyOf(Buffer.alloc(32, 2));
    const turned = { ...next, named: (id: string) => (id === before.id ? before : next.named(id)) };
    expect(isMailCode(turned, code, receiver, digits)).toBe(true);
    expect(isMailCode(turned, code, receiver, '00000000')).toBe(digits === '00000000');
    expect(isMailCode(next, code, receiver, digits)).toBe(false);
  });

  it('keeps its leading zeros', async () => {
    const ids = { ...systemIds, bytes: (length: number) => Buffer.alloc(length, 0) };
    const mailing = await planMailCode(
      { world: { ...fresh().world, ids }, masterKey: fresh().masterKey },
      {
        receiver,
        locale: 'ja',
        mailOf(code) {
          expect(code).toBe('00000000');
          return sampleMails.sign_in_code;
        },
      },
    );
    expect(mailing.kind).toBe('mailed');
    expect.assertions(2);
  });

  const next = (digits: string) => String((Number(digits) + 1) % 10 ** 8).padStart(8, '0');
  it.each<[string, (code: MailedCode, digits: string) => boolean]>([
    ['digits', (code, digits) => matches(code, next(digits))],
    ['account', (code, digits) => matches(code, digits, { ...receiver, accountId: 'account-2' })],
    ['address', (code, digits) => matches(code, digits, { ...receiver, address: 'jiro@example.com' })],
    ['record', (code, digits) => matches({ ...code, id: 'another' }, digits)],
  ])('is wrong with other %s', async (_what, isRight) => {
    const code = await mail();
    expect(isRight(code, await digitsOf(code))).toBe(false);
  });

  it('lies nowhere in the clear, and is asked for while it is good only', async () => {
    const code = await mail();
    const digits = await digitsOf(code);
    const { records } = await fresh().world.store.find(notices, { index: 'byTime' });
    expect(JSON.stringify([code, records])).not.toMatch(new RegExp(`${digits}|hanako`));
    expect(records).toEqual([expect.objectContaining({ lapsesAt: code.expiresAt, accountId: 'account-1' })]);
    // In no queue: a secret waits behind no other mail.
    expect(records[0]).not.toHaveProperty('queue');
  });

  it('counts no more after five tries, or where it was for another receiver', async () => {
    const code = await mail();
    let tried = code;
    for (let i = 0; i < mailCodeRule.tries; i += 1) {
      expect(isOpen(tried, receiver, startInstant)).toBe(true);
      tried = withOneTryLess(tried);
    }
    expect(isOpen(tried, receiver, startInstant)).toBe(false);
    expect(isOpen(code, { ...receiver, to: 'mail-code-2' }, startInstant)).toBe(false);
    expect(isOpen(voided(code), receiver, startInstant)).toBe(false);
    expect(isOpen(undefined, receiver, startInstant)).toBe(false);
  });

  it.each([
    ['４８２９ １５０７', '48291507'],
    ['4829-1507\n', '48291507'],
    ['4829150', undefined],
    ['482915070', undefined],
    ['4829150x', undefined],
    ['', undefined],
  ])('is read as people type it: %j', (typed, digits) => {
    expect(readMailCode(typed)).toBe(digits);
  });

  describe('sent again', () => {
    it('waits for a minute after the one before', async () => {
      const previous = await mail();
      fresh().clock.advance(minutes(1) - 1);
      expect(await plan({ previous })).toEqual({ kind: 'later', at: startInstant + minutes(1) });
      fresh().clock.advance(1);
      expect(await mail({ previous })).toMatchObject({ sent: 2, triesLeft: 5 });
    });

    it('does not wait where another address was typed', async () => {
      expect(await mail({ previous: await mail(), isAtOnce: true })).toMatchObject({ sent: 2 });
    });

    it.each([false, true])('goes out five times in a login (at once: %s)', async (isAtOnce) => {
      let previous: MailedCode | undefined;
      for (let i = 0; i < mailCodeRule.mails; i += 1) {
        previous = await mail({ previous, isAtOnce });
        fresh().clock.advance(minutes(1));
      }
      expect(await plan({ previous, isAtOnce })).toEqual({ kind: 'exhausted' });
    });

    it('has the mail before it taken back, if that did not get out', async () => {
      const first = await mail();
      await withdrawMail(fresh().world, first);
      expect(await noticeStanding(fresh().world, outboxKey(first.id))).toBe('failed');
      expect(await fresh().audited()).toEqual([expect.objectContaining({ type: 'notice.dropped', cause: 'lapsed' })]);
    });

    it('does not wait for a mail on which the outbox is at work', async () => {
      const { world } = fresh();
      const first = await mail();
      const busy: Store = {
        ...world.store,
        get: (collection, id) => world.store.get(collection, id),
        find: async (collection, query) => {
          const found = await world.store.find(collection, query);
          const [notice] = (await world.store.find(notices, { index: 'byTime' })).records;
          if (notice) await world.store.commit([replace(notices, notice)]);
          return found;
        },
        commit: (writes) => world.store.commit(writes),
      };
      await withdrawMail({ ...world, store: busy }, first);
      expect(await noticeStanding(world, outboxKey(first.id))).toBe('waiting');
    });
  });

  describe('of one account in many logins', () => {
    const send = async (times: number) => {
      for (let i = 0; i < times; i += 1) await mail();
    };

    it('goes out ten times, then an hour must pass since the first', async () => {
      await mail();
      fresh().clock.advance(minutes(30));
      await send(mailSendingRule.mails - 1);
      expect(await plan()).toEqual({ kind: 'later', at: startInstant + minutes(60) });
      expect(await plan({ receiver: { ...receiver, accountId: 'account-2' } })).toMatchObject({ kind: 'mailed' });
      fresh().clock.advance(minutes(30));
      expect(await plan()).toMatchObject({ kind: 'mailed' });
    });

    it('is counted apart where a second factor was given before, and there as strictly', async () => {
      await send(mailSendingRule.mails);
      expect(await plan()).toMatchObject({ kind: 'later' });
      for (let sent = 0; sent < mailSendingRule.mails; sent += 1) await mail({ factorBrowser: 'mark' });
      expect(await plan({ factorBrowser: 'mark' })).toMatchObject({ kind: 'later' });
    });

    it.each([0, 1, mailSendingRule.mails - 1])('goes out once of twenty planned at once, after %i', async (before) => {
      await send(before);
      const plans = await Promise.all(Array.from({ length: 20 }, () => plan()));
      const ends = await Promise.allSettled(
        plans.map((one) => fresh().world.store.commit(one.kind === 'mailed' ? one.writes : [])),
      );
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });
});
