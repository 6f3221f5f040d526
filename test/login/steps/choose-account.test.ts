import { describe, expect, it } from '@jest/globals';
import { chooseAccount } from '../../../src/login/steps/choose-account.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { sampleRequest, sampleSituation, strangerSituation } from '../sample-situation.ts';

const asked = sampleSituation({ request: sampleRequest({ chooseAccount: true }) });

describe('choosing an account', () => {
  const fresh = freshLogin();
  const take = (choice: string, situation = asked) =>
    chooseAccount.take(fresh().means, situation, answerOf({ choice }));

  it('takes the account of the session', async () => {
    expect(await take('account-1')).toEqual({
      kind: 'progress',
      progress: { choice: { accountId: 'account-1' } },
      writes: [],
    });
  });

  it('takes somebody else', async () => {
    expect(await take('other')).toEqual({ kind: 'progress', progress: { choice: 'other' }, writes: [] });
  });

  it.each([
    ['an account that was not offered', 'account-2', asked],
    ['no choice', '', asked],
    ['the account of a session that has ended', 'account-1', strangerSituation({ request: asked.request })],
  ])('refuses %s', async (_what, choice, situation) => {
    expect(await take(choice, situation)).toEqual({ kind: 'problem', problem: { kind: 'incomplete' } });
  });

  it('offers the account of the session, in the language of the person', () => {
    const { means } = fresh();
    expect(chooseAccount.show(means, asked, { locale: 'ja' })).toMatchObject({
      accounts: [{ id: 'account-1', name: '京都 花子', loginName: 'a0123456', kindLabel: '学生アカウント (ECS-ID)' }],
    });
    expect(chooseAccount.show(means, asked, { locale: 'en' })).toMatchObject({
      accounts: [{ name: 'Hanako Kyoto', kindLabel: 'Student account (ECS-ID)' }],
    });
  });

  it.each([
    ['a session and a service that asks', asked, true],
    ['a service that does not ask', sampleSituation(), false],
    ['nobody signed in', strangerSituation({ request: asked.request }), false],
    ['a choice already', { ...asked, progress: { choice: 'other' as const } }, false],
    ['a password already', { ...asked, progress: { proven: { accountId: 'account-1', factors: [] } } }, false],
  ])('is due as it should be with %s', (_what, situation, isDue) => {
    expect(chooseAccount.isDue(situation)).toBe(isDue);
  });
});
