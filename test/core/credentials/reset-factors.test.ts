import { describe, expect, it } from '@jest/globals';
import { days, hours } from '../../../src/base/duration.ts';
import { type Credential, credentials, credentialsOf, passwordId } from '../../../src/core/credentials/credential.ts';
import { planNewRecoveryCodes } from '../../../src/core/credentials/recovery-codes.ts';
import { askForReset, openReset, resetFactors } from '../../../src/core/credentials/reset-factors.ts';
import { planTemporaryPass } from '../../../src/core/credentials/temporary-pass.ts';
import { planTrust, trustedBrowsersOf } from '../../../src/core/credentials/trusted-browser.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { accounts } from '../../../src/core/people/account.ts';
import { people } from '../../../src/core/people/person.ts';
import { type DerivedSessions, sessions } from '../../../src/core/sessions/session.ts';
import { insert } from '../../../src/store/port.ts';
import { freshWorld } from '../fresh-world.ts';
import { sampleAccount, samplePerson, sampleSession, startInstant } from '../sample-records.ts';

const fresh = freshWorld();
const actor = { kind: 'operator', id: 'desk-2' } as const;
const account = sampleAccount();
const asked = { askedBy: 'Yamada Taro', askedAs: 'operator desk-1', reason: 'lost her telephone' };
const ask = () => askForReset(fresh().world, { kind: 'operator', id: 'desk-1' }, account, asked);

const ofAccount = (credential: object) => ({ accountId: account.id, ...credential }) as Credential;

/** Whoever ends sessions must have planned what was derived from them. */
const endedSessions: string[] = [];
const derived: DerivedSessions = {
  planEnd: async ({ id }) => {
    endedSessions.push(id);
    return [];
  },
  planEndAccount: async () => [],
};
const confirm = (shown: { readonly accountId: string; readonly edition: string }) =>
  resetFactors(
    fresh().world,
    { derivedSessions: [derived], masterKey: fresh().masterKey },
    actor,
    shown,
    'Suzuki Ichiro',
  );

/** A person with every kind of factor, a trusted browser and two sessions; and a neighbour with one. */
async function stand(): Promise<void> {
  const { put, world, codeDigest } = fresh();
  endedSessions.length = 0;
  await put(people, samplePerson());
  await put(accounts, account);
  const named = { name: 'a name', addedAt: startInstant };
  const held = [
    { id: passwordId(account.id), kind: 'password', hash: '', preset: 'kyoto', setAt: 0, edition: 'edition-1' },
    { id: 'totp-1', kind: 'totp', sealedSecret: '', lastStep: 0, ...named },
    { id: 'totp-2', kind: 'totp', sealedSecret: '', lastStep: 0, ...named },
    { id: 'mail-1', kind: 'mail-code', address: 'hanako@mail.example.com', ...named },
    { id: 'passkey-1', kind: 'passkey', webauthnId: 'one', ...named },
  ].map(ofAccount);
  const neighbours = { ...ofAccount({ id: 'other', kind: 'totp', ...named }), accountId: 'account-2' } as Credential;
  const giving = { account, seenBy: 'Yamada Taro', expiresAt: startInstant + hours(24) };
  const device = { userAgent: 'Firefox', address: '192.0.2.1' };
  await world.store.commit([
    ...[...held, neighbours].map((credential) => insert(credentials, credential)),
    ...(await planNewRecoveryCodes(world, codeDigest, actor, account.id)).writes,
    ...(await planTemporaryPass(world, codeDigest, actor, giving)).writes,
    ...planTrust(world, actor, { accountId: account.id, device }, days(7)).writes,
    insert(sessions, sampleSession({ id: 'one', tokenDigest: 'one' })),
    insert(sessions, sampleSession({ id: 'two', tokenDigest: 'two' })),
  ]);
}
const heldKinds = async (id = account.id) => (await credentialsOf(fresh().world.store, id)).map(({ kind }) => kind);

describe('resetFactors', () => {
  it('leaves the password and nothing else, ends trust and sessions, and touches nobody else', async () => {
    await stand();
    expect(await confirm(await ask())).toEqual({
      kind: 'reset',
      removed: ['mail-code', 'passkey', 'recovery-code', 'temporary-pass', 'totp'],
    });
    const { store } = fresh().world;
    expect(await heldKinds()).toEqual(['password']);
    expect(await heldKinds('account-2')).toEqual(['totp']);
    expect(await trustedBrowsersOf(store, account.id)).toEqual([]);
    expect(endedSessions.sort()).toEqual(['one', 'two']);
    expect(await store.get(sessions, 'one')).toBeUndefined();
    expect(await openReset(fresh().world, account.id)).toBeUndefined();
  });

  it('tells every known address, also the one that is removed', async () => {
    await stand();
    await confirm(await ask());
    const { records } = await fresh().world.store.find(notices, { index: 'byAccount', equals: [account.id] });
    expect(records.map(({ topic }) => topic)).toEqual(['factors_reset', 'factors_reset']);
    expect(new Set(records.map(({ recipient }) => recipient)).size).toBe(2);
  });

  it('writes both names and the reason down', async () => {
    await stand();
    await confirm(await ask());
    const about = { accountId: account.id, askedBy: 'Yamada Taro' };
    const audited = await fresh().audited();
    expect(audited).toContainEqual({ type: 'factors.reset_asked', ...about, reason: 'lost her telephone' });
    expect(audited).toContainEqual({
      type: 'factors.reset',
      ...about,
      confirmedBy: 'Suzuki Ichiro',
      kinds: ['mail-code', 'passkey', 'recovery-code', 'temporary-pass', 'totp'],
    });
  });

  it.each([
    ['a day later', async () => fresh().clock.advance(days(1))],
    ['after it was carried out', async () => confirm((await openReset(fresh().world, account.id)) ?? never())],
    ['when another request took its place', ask],
  ])('does nothing for a request that was confirmed %s', async (_, meanwhile) => {
    await stand();
    const request = await ask();
    await meanwhile();
    const before = await heldKinds();
    expect(await confirm(request)).toEqual({ kind: 'gone' });
    expect(await heldKinds()).toEqual(before);
  });

  it('is done once where two confirm at the same time', async () => {
    await stand();
    const request = await ask();
    const ends = await Promise.all([confirm(request), confirm(request)]);
    expect(ends.map(({ kind }) => kind).sort()).toEqual(['gone', 'reset']);
  });
});

function never(): never {
  throw new TypeError('there is no request');
}
