import { createSecretKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { OpenedKey } from '../../../src/core/keys/ring.ts';
import { accountNamed, sectorOf, subjectsOf } from '../../../src/protocols/oidc/subjects.ts';
import { sampleConnection } from '../../core/sample-records.ts';

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
  const subjects = (fill = 1) => subjectsOf(ringOf(fill));

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
});

describe('accountNamed', () => {
  it('is the account itself where subjects are public', () => {
    expect(accountNamed('account-1', sampleConnection())).toEqual({ kind: 'account', id: 'account-1' });
  });

  it('is what the account is called in the sector where they are pairwise', () => {
    const pairwise = sampleConnection({ oidc: { subject: 'pairwise' } });
    expect(accountNamed('D5oV6', pairwise)).toEqual({ kind: 'alias', alias: 'D5oV6', place: 'kulasis.example' });
  });
});

describe('sectorOf', () => {
  it('is the host that the redirect addresses share', () => {
    const redirectUris = ['https://kulasis.example:8443/a', 'https://kulasis.example:8443/b'];
    expect(sectorOf(sampleConnection({ oidc: { redirectUris } }))).toBe('kulasis.example:8443');
  });

  it('is the host of the list where there is one', () => {
    const sectorIdentifierUri = 'https://sector.example:8443/list.json';
    expect(sectorOf(sampleConnection({ oidc: { sectorIdentifierUri } }))).toBe('sector.example:8443');
  });
});
