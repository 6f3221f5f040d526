import { describe, expect, it } from '@jest/globals';
import { type Clerk, resetDesk } from '../../../src/core/access/reset-desk.ts';
import { accounts } from '../../../src/core/people/account.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleAccount } from '../sample-records.ts';

const fresh = freshWorld();
const account = sampleAccount();
const clerk = (name: string, id: string): Clerk => ({ name, actor: { kind: 'operator', id } });
const deskOf = (who: Clerk) => resetDesk(fresh().world, { derivedSessions: [], masterKey: fresh().masterKey }, who);
const yamada = clerk('山田 太郎', 'yamada');

describe('the desk for resets of factors', () => {
  it('lets somebody else confirm what one has asked for', async () => {
    await fresh().put(accounts, account);
    await deskOf(yamada).ask(account, 'lost her telephone');
    const found = await deskOf(clerk('鈴木 一郎', 'suzuki')).confirmation(account);
    if (found.kind !== 'open') throw new TypeError(`it is ${found.kind}`);
    expect(found.request).toMatchObject({
      askedBy: '山田 太郎',
      askedAs: 'operator yamada',
      reason: 'lost her telephone',
    });
    expect(await found.confirm()).toEqual({ kind: 'reset', removed: [] });
    expect(await fresh().audited()).toContainEqual(
      expect.objectContaining({ type: 'factors.reset', askedBy: '山田 太郎', confirmedBy: '鈴木 一郎' }),
    );
  });

  it.each([
    ['the same person', yamada],
    ['another name of the same user of the machine', clerk('鈴木 一郎', 'yamada')],
    ['another user of the machine with the same name', clerk('山田 太郎', 'suzuki')],
    ['the same name, written without the space', clerk('山田太郎', 'suzuki')],
  ])('has nothing to confirm with for %s', async (_, who) => {
    await deskOf(yamada).ask(account, 'lost her telephone');
    const found = await deskOf(who).confirmation(account);
    expect(found.kind).toBe('own');
    expect(found).not.toHaveProperty('confirm');
  });

  it('takes full width and capitals for the same name', async () => {
    await deskOf(clerk('Yamada Taro', 'yamada')).ask(account, 'x');
    expect((await deskOf(clerk('ＹＡＭＡＤＡ　TARO', 'suzuki')).confirmation(account)).kind).toBe('own');
  });

  it('has nothing where nobody asked', async () => {
    expect(await deskOf(yamada).confirmation(account)).toEqual({ kind: 'none' });
  });
});
