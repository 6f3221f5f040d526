import { describe, expect, it } from '@jest/globals';
import { proveCertificate } from '../../../../src/core/credentials/certificates/certificate-use.ts';
import type { SubjectRule } from '../../../../src/core/credentials/certificates/match-subject.ts';
import { planRefuse, refusedOf } from '../../../../src/core/credentials/certificates/refused-certificate.ts';
import { credentials } from '../../../../src/core/credentials/credential.ts';
import { askForReset, resetFactors } from '../../../../src/core/credentials/reset-factors.ts';
import { accounts } from '../../../../src/core/people/account.ts';
import { people } from '../../../../src/core/people/person.ts';
import { freshWorld } from '../../fresh-world.ts';
import { sampleAccount, samplePerson, startInstant } from '../../sample-records.ts';
import { sampleFacts } from './sample-facts.ts';

const rules: readonly SubjectRule[] = [{ field: 'commonName', to: 'loginName', under: 'O=Kyoto University,C=JP' }];
const owner = { account: sampleAccount(), person: samplePerson() };
const facts = sampleFacts({ commonName: ['a0123456'] });

describe('proveCertificate', () => {
  const fresh = freshWorld();
  const prove = (certificate = facts, whose = owner) => proveCertificate(fresh().world, rules, whose, certificate);

  it('makes a factor of one that comes for the first time', async () => {
    expect(await prove()).toEqual({
      kind: 'new',
      use: { kind: 'certificate', at: startInstant, credentialId: 'account-1:certificate:digest-1' },
      factor: {
        id: 'account-1:certificate:digest-1',
        accountId: 'account-1',
        kind: 'certificate',
        name: 'a0123456',
        addedAt: startInstant,
        lastUsedAt: startInstant,
        subject: facts.subject,
        issuer: facts.issuer,
        serial: '1f',
        digest: 'digest-1',
        expiresAt: facts.notAfter,
      },
    });
  });

  it('knows it the next time, and notes the use', async () => {
    const { put, clock } = fresh();
    const first = await prove();
    if (first.kind !== 'new') throw new Error(first.kind);
    await put(credentials, first.factor);
    clock.advance(1000);
    expect(await prove()).toMatchObject({ kind: 'known', factor: { version: 1, lastUsedAt: startInstant + 1000 } });
  });

  it('does not take that of another account', async () => {
    const other = { ...owner, account: sampleAccount({ id: 'account-2', loginName: 'a9999999' }) };
    expect(await prove(facts, other)).toEqual({ kind: 'other_account' });
  });

  it('does not take a known one whose account has another login name since', async () => {
    const first = await prove();
    if (first.kind !== 'new') throw new Error(first.kind);
    await fresh().put(credentials, first.factor);
    const renamed = { ...owner, account: sampleAccount({ loginName: 'a7777777' }) };
    expect(await prove(facts, renamed)).toEqual({ kind: 'other_account' });
  });

  it('does not take one that was taken away, until it ends; another one is another one', async () => {
    const { world } = fresh();
    const first = await prove();
    if (first.kind !== 'new') throw new Error(first.kind);
    await world.store.commit(planRefuse(world, [first.factor]));
    expect(await prove()).toEqual({ kind: 'taken_away' });
    expect(await prove({ ...facts, digest: 'digest-2' })).toMatchObject({ kind: 'new' });
    expect(await refusedOf(world, 'account-1')).toMatchObject([{ digest: 'digest-1', expiresAt: facts.notAfter }]);
    fresh().clock.advance(facts.notAfter - startInstant);
    expect(await refusedOf(world, 'account-1')).toEqual([]);
  });
});

describe('resetFactors', () => {
  const fresh = freshWorld();

  it('keeps a certificate of the account refused, like the removal by its owner', async () => {
    const { world, masterKey, put } = fresh();
    const account = await put(accounts, owner.account);
    await put(people, owner.person);
    const first = await proveCertificate(world, rules, owner, facts);
    if (first.kind !== 'new') throw new Error(first.kind);
    await put(credentials, first.factor);
    const asked = { askedBy: 'Yamada Taro', askedAs: 'operator desk-1', reason: 'lost her computer' };
    const shown = await askForReset(world, { kind: 'operator' }, account, asked);
    await resetFactors(world, { derivedSessions: [], masterKey }, { kind: 'operator' }, shown, 'Suzuki Ichiro');
    expect(await proveCertificate(world, rules, owner, facts)).toEqual({ kind: 'taken_away' });
  });
});
