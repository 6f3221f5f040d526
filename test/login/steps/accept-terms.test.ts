import { describe, expect, it } from '@jest/globals';
import { accounts } from '../../../src/core/people/account.ts';
import { acceptTerms } from '../../../src/login/steps/accept-terms.ts';
import { replace } from '../../../src/store/port.ts';
import { startInstant } from '../../core/sample-records.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { sampleSituation, sampleSubject } from '../sample-situation.ts';

const origin = { actor: { kind: 'person' }, address: '192.0.2.1' } as const;

describe('accepting the terms', () => {
  const fresh = freshLogin();
  async function newcomer() {
    const { acceptedTerms: _terms, ...account } = await fresh().addAccount();
    await fresh().world.store.commit([replace(accounts, account)]);
    const stored = await fresh().world.store.get(accounts, account.id);
    if (!stored) throw new TypeError('the account is gone');
    return sampleSituation({ subject: sampleSubject({ account: stored }) });
  }
  const take = (situation: Awaited<ReturnType<typeof newcomer>>, choice: string) =>
    acceptTerms.take(fresh().means, situation, answerOf({ choice }), origin);

  it('records the version, the time and the event', async () => {
    const { world, audited } = fresh();
    const result = await take(await newcomer(), 'accept');
    if (result.kind !== 'progress') throw new TypeError('the terms were accepted');
    expect(result.progress).toEqual({ acceptedTerms: { accountId: 'account-1', version: '2026-04' } });
    await world.store.commit(result.writes);
    expect(await world.store.get(accounts, 'account-1')).toMatchObject({
      acceptedTerms: { version: '2026-04', at: startInstant },
    });
    expect(await audited()).toEqual([{ type: 'terms.accepted', accountId: 'account-1', version: '2026-04' }]);
  });

  it('writes nothing where the person declines', async () => {
    expect(await take(await newcomer(), 'decline')).toEqual({
      kind: 'progress',
      progress: { declined: 'terms_declined' },
      writes: [],
    });
  });

  it.each(['', 'yes', 'ACCEPT'])('takes %j for no answer', async (choice) => {
    expect(await take(await newcomer(), choice)).toEqual({ kind: 'problem', problem: { kind: 'incomplete' } });
  });

  it('does not accept for an account that changed meanwhile', async () => {
    const { world } = fresh();
    const situation = await newcomer();
    const { account } = situation.subject ?? sampleSubject();
    await world.store.commit([replace(accounts, { ...account, state: 'suspended' })]);
    const result = await take(situation, 'accept');
    const writes = result.kind === 'progress' ? result.writes : [];
    await expect(world.store.commit(writes)).rejects.toMatchObject({ code: 'store.conflict' });
  });

  it.each(['ja', 'en'] as const)('shows the terms in paragraphs (%s)', (locale) => {
    const { means, config } = fresh();
    const { terms } = acceptTerms.show(means, sampleSituation(), { locale });
    expect(terms).toMatchObject({ title: config.terms?.title[locale], version: '2026-04' });
    expect(terms.summary).toHaveLength(3);
    expect(terms.summary.every((paragraph) => paragraph.trim() !== '' && !paragraph.includes('\n\n'))).toBe(true);
  });
});
