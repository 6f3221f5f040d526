import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { OpenedKey } from '../../../src/core/keys/ring.ts';
import { accounts } from '../../../src/core/people/account.ts';
import { sectorOf, subjectsOf } from '../../../src/protocols/oidc/subjects.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { sampleAccount, sampleConnection, sampleSession } from '../../core/sample-records.ts';

const ringOf = (fill: number): readonly OpenedKey[] => [
  {
    id: 'first-pairwise-hs256',
    use: 'pairwise',
    algorithm: 'HS256',
    state: 'active',
    createdAt: 0,
    since: 0,
    serial: 1,
    sealed: '',
    key: createSecretKey(Buffer.alloc(32, fill)),
  },
];

describe('subjectsOf', () => {
  const fresh = freshWorld();
  const subjects = (fill = 1) => subjectsOf(fresh().world, ringOf(fill));
  const publicly = sampleConnection();
  const pairwise = sampleConnection({ oidc: { subject: 'pairwise' } });

  it('gives one person the same pairwise subject in one sector for ever', () => {
    expect(subjects().pairwise('account-1', 'kulasis.example')).toBe(
      subjects().pairwise('account-1', 'kulasis.example'),
    );
    // Written down once: every service's records hang on it.
    expect(subjects().pairwise('account-1', 'kulasis.example')).toBe('D5oV6MH_lygI4EiMYwE98i6T2FCNYmZCaWBS7hAE8mE');
  });

  it('gives another to another person, in another sector, under another key', () => {
    const made = [
      subjects().pairwise('account-1', 'kulasis.example'),
      subjects().pairwise('account-2', 'kulasis.example'),
      subjects().pairwise('account-1', 'mykuline.example'),
      subjects(2).pairwise('account-1', 'kulasis.example'),
      // The boundary between sector and account is part of what is hashed.
      subjects().pairwise('1', 'kulasis.exampleaccount-'),
    ];
    expect(new Set(made).size).toBe(5);
    expect(made.join()).not.toContain('account');
  });

  it('finds the account behind a public subject, with or without a session', async () => {
    await fresh().put(accounts, sampleAccount());
    expect(await subjects().accountIdOf('account-1', publicly)).toBe('account-1');
    expect(await subjects().accountIdOf('account-9', publicly, sampleSession())).toBeUndefined();
  });

  it('finds the account behind a pairwise subject only in whose session it is', async () => {
    await fresh().put(accounts, sampleAccount());
    const sub = subjects().pairwise('account-1', 'kulasis.example');
    const find = (named: string, session?: ReturnType<typeof sampleSession>) =>
      subjects().accountIdOf(named, pairwise, session);
    expect(await find(sub, sampleSession())).toBe('account-1');
    expect(await find(sub, sampleSession({ accountId: 'account-2' }))).toBeUndefined();
    expect(await find(sub)).toBeUndefined();
    expect(await find('account-1', sampleSession())).toBeUndefined();
    expect(await find(subjects().pairwise('account-1', 'mykuline.example'), sampleSession())).toBeUndefined();
  });
});

describe('sectorOf', () => {
  it('is the host that the redirect addresses share', () => {
    const redirectUris = ['https://kulasis.example:8443/a', 'https://kulasis.example/b'];
    expect(sectorOf(sampleConnection({ oidc: { redirectUris } }))).toBe('kulasis.example');
  });
});
