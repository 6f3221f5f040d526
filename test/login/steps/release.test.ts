import { describe, expect, it } from '@jest/globals';
import { consentOf } from '../../../src/core/consents/consent.ts';
import { release } from '../../../src/login/steps/release.ts';
import { sampleSamlConnection } from '../../core/connections/sample-saml-connection.ts';
import { sampleAccount, sampleConnection, startInstant } from '../../core/sample-records.ts';
import { answerOf, freshLogin } from '../fresh-login.ts';
import { asStored, sampleRequest, sampleSituation, sampleSubject, strangerSituation } from '../sample-situation.ts';

const origin = { actor: { kind: 'person' }, address: '192.0.2.1' } as const;
const asking = sampleSituation({ connection: sampleConnection({ consent: 'once' }) });

describe('the release', () => {
  const fresh = freshLogin();
  const take = (choice: string, situation = asking) =>
    release.take(fresh().means, situation, answerOf({ choice }), origin);

  it('records what was allowed to whom', async () => {
    const { world, audited } = fresh();
    const result = await take('allow');
    if (result.kind !== 'progress') throw new TypeError('the release was allowed');
    expect(result.progress).toEqual({ allowedRelease: { accountId: 'account-1' } });
    await world.store.commit(result.writes);
    const attributes = ['displayName', 'mail'];
    expect(await consentOf(world.store, 'account-1', 'kulasis')).toMatchObject({ attributes, at: startInstant });
    expect(await audited()).toEqual([
      { type: 'release.allowed', accountId: 'account-1', connectionId: 'kulasis', attributes },
    ]);
  });

  it('puts a new answer in place of the old one', async () => {
    const { world } = fresh();
    for (const attributes of [['displayName'], ['displayName', 'mail']] as const) {
      const result = await take('allow', { ...asking, request: sampleRequest({ attributes }) });
      if (result.kind === 'progress') await world.store.commit(result.writes);
    }
    expect(await consentOf(world.store, 'account-1', 'kulasis')).toMatchObject({ attributes: ['displayName', 'mail'] });
  });

  it('records no consent where the person refuses', async () => {
    const { world, audited } = fresh();
    const result = await take('deny');
    if (result.kind !== 'progress') throw new TypeError('the release was refused');
    expect(result.progress).toEqual({ declined: 'release_denied' });
    await world.store.commit(result.writes);
    expect(await consentOf(world.store, 'account-1', 'kulasis')).toBeUndefined();
    expect(await audited()).toEqual([{ type: 'release.denied', accountId: 'account-1', connectionId: 'kulasis' }]);
  });

  it.each([
    ['no choice', '', asking],
    ['another choice', 'yes', asking],
    ['an answer by nobody', 'allow', strangerSituation()],
  ])('takes %s for no answer', async (_what, choice, situation) => {
    expect(await take(choice, situation)).toEqual({ kind: 'problem', problem: { kind: 'incomplete' } });
  });

  describe('is shown', () => {
    const show = (situation = asking, locale: 'ja' | 'en' = 'ja') => release.show(fresh().means, situation, { locale });

    it('with the very values', () => {
      expect(show()).toMatchObject({
        service: { name: '教務情報システム' },
        consent: 'once',
        attributes: [
          { value: '京都 花子', required: true },
          { value: 'kyoto.hanako.12a@st.kyoto-u.ac.jp', required: false },
        ],
      });
      expect(show(asking, 'en').attributes[0]).toMatchObject({ value: 'Hanako Kyoto' });
    });

    it('without what this request does not ask for', () => {
      const request = sampleRequest({ attributes: ['mail'] });
      expect(show({ ...asking, request }).attributes.map(({ value }) => value)).toEqual([
        'kyoto.hanako.12a@st.kyoto-u.ac.jp',
      ]);
    });

    it('without what the connection was not approved for', () => {
      const request = sampleRequest({ attributes: ['displayName', 'loginName'] });
      expect(show({ ...asking, request }).attributes).toHaveLength(1);
    });

    it('without what the person does not have', () => {
      const { universityMail: _mail, ...account } = sampleAccount();
      expect(show({ ...asking, subject: sampleSubject({ account: asStored(account) }) }).attributes).toHaveLength(1);
    });

    it('with the names that the definitions have, in the language of the pages', () => {
      expect(show().attributes.map(({ label }) => label)).toEqual(['氏名', '大学のメールアドレス']);
      expect(show(asking, 'en').attributes.map(({ label }) => label)).toEqual(['Name', 'University e-mail address']);
    });

    it('without what nobody defines any longer', () => {
      const connection = sampleConnection({ release: [{ attribute: 'gone', required: true }] });
      const request = sampleRequest({ attributes: ['gone'] });
      expect(show({ ...asking, connection, request }).attributes).toEqual([]);
    });

    it('with the values that a service by SAML is told, whatever the language of the pages', () => {
      const attributes = ['displayName', 'jaDisplayName', 'targetedId'];
      const connection = sampleSamlConnection({
        consent: 'once',
        release: attributes.map((attribute) => ({ attribute, required: true })),
      });
      const shown = show({ ...asking, connection, request: sampleRequest({ attributes }) }).attributes;
      expect(shown.map(({ value }) => value)).toEqual([
        'Hanako Kyoto',
        '京都 花子',
        'JKuCHwYYGcp_GmV3UCN458r4T0nhsoMO1xw0gSB7iz4',
      ]);
    });

    it('with the reason that the service gave', () => {
      const reason = { ja: '成績の通知', en: 'To send your grades' };
      const connection = sampleConnection({ release: [{ attribute: 'mail', required: false, reason }] });
      expect(show({ ...asking, connection }, 'en').attributes).toMatchObject([{ reason: 'To send your grades' }]);
    });
  });
});
