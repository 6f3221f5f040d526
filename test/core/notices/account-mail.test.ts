import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../src/base/digest.ts';
import { days } from '../../../src/base/duration.ts';
import { notMeLinks } from '../../../src/core/access/not-me-link.ts';
import { credentials } from '../../../src/core/credentials/credential.ts';
import { type AccountNews, planAccountMail } from '../../../src/core/notices/account-mail.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { type Fresh, openWorld } from '../fresh-world.ts';
import { sampleAccount, samplePerson } from '../sample-records.ts';
import { lastNotMeToken, owedMails } from './owed-mails.ts';

const universityMail = 'kyoto.hanako.12a@st.kyoto-u.ac.jp';
const warning: AccountNews = { type: 'recovery_codes_renewed' };

describe('planAccountMail', () => {
  let fresh: Fresh;
  beforeEach(async () => {
    fresh = await openWorld();
  });
  afterEach(() => fresh.world.store.close());

  const plan = (news: AccountNews = warning, account = sampleAccount()) =>
    planAccountMail(fresh.world, fresh.masterKey, { account, person: samplePerson() }, news);
  const owe = async (news?: AccountNews, account = sampleAccount()) =>
    fresh.world.store.commit(await plan(news, account));
  const owed = () => owedMails(fresh.world.store, fresh.masterKey);
  const addAddress = (address: string, accountId = 'account-1') =>
    fresh.put(credentials, {
      id: `mail ${address} ${accountId}`,
      accountId,
      kind: 'mail-code',
      name: 'mail',
      addedAt: 0,
      address,
    });

  it('goes to the address of the university and to every notification address, each once', async () => {
    await addAddress('hanako@example.com');
    await addAddress('Kyoto.Hanako.12a@st.kyoto-u.ac.jp');
    await addAddress('somebody.else@example.com', 'account-2');
    await owe();
    expect((await owed()).map(({ to }) => to)).toEqual([universityMail, 'hanako@example.com']);
  });

  it('goes to a notification address where the university gave none', async () => {
    const { universityMail: _none, ...account } = sampleAccount();
    await addAddress('hanako@example.com');
    await owe(warning, account);
    expect((await owed()).map(({ to }) => to)).toEqual(['hanako@example.com']);
  });

  it('writes nothing, and no link, where no address is known', async () => {
    const { universityMail: _none, ...account } = sampleAccount();
    expect(await plan(warning, account)).toEqual([]);
  });

  it('gives all mails of one warning the same link of 256 bits, good for seven days, stored as a digest', async () => {
    await addAddress('hanako@example.com');
    await owe();
    const mails = await owed();
    const token = await lastNotMeToken(fresh.world.store, fresh.masterKey);
    const until = fresh.clock.now() + days(7);
    expect(mails.map(({ mail }) => 'notMe' in mail && mail.notMe)).toEqual([
      { token, until },
      { token, until },
    ]);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(await fresh.world.store.get(notMeLinks, digestOf(token))).toMatchObject({
      accountId: 'account-1',
      warning: 'recovery_codes_renewed',
      expiresAt: until,
    });
  });

  it('keeps the token out of everything that lies open', async () => {
    const writes = await plan();
    await fresh.world.store.commit(writes);
    const token = await lastNotMeToken(fresh.world.store, fresh.masterKey);
    expect(JSON.stringify(writes)).not.toContain(token);
    const { records } = await fresh.world.store.find(notices, { index: 'byTime' });
    expect(JSON.stringify(records)).not.toContain(token);
  });

  it('asks nobody whether it was them after an act of the university, or their own stop', async () => {
    await owe({ type: 'account_suspended' });
    await owe({ type: 'account_locked' });
    for (const { mail } of await owed()) expect(mail).not.toHaveProperty('notMe');
  });
});
