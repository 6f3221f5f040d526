import { describe, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { credentials } from '../../../src/core/credentials/credential.ts';
import { accounts } from '../../../src/core/people/account.ts';
import { type Person, people } from '../../../src/core/people/person.ts';
import { classAccounts } from '../../../src/login/policy-trial/account-classes.ts';
import { insert } from '../../../src/store/port.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { sampleCredential } from '../../core/sample-credentials.ts';
import { sampleAccount, samplePerson, startInstant } from '../../core/sample-records.ts';

const window = days(14);

describe('classAccounts', () => {
  const fresh = freshWorld();
  const classed = (examples = 2) => classAccounts({ world: fresh().world, enrolmentWindow: window, examples });

  async function enter(name: string, person: Partial<Person> = {}, account: Parameters<typeof sampleAccount>[0] = {}) {
    await fresh().put(people, samplePerson({ ...person, id: `person ${name}` }));
    await fresh().put(accounts, sampleAccount({ id: name, personId: `person ${name}`, loginName: name, ...account }));
  }

  it('counts accounts that are alike as one class, beyond a page of the store, and keeps some names', async () => {
    const names = Array.from({ length: 1_203 }, (_, index) => `a${10_000 + index}`);
    const { store } = fresh().world;
    await store.commit([
      insert(people, samplePerson()),
      ...names.map((name) => insert(accounts, sampleAccount({ id: name, loginName: name }))),
    ]);
    const reached: number[] = [];
    const means = {
      world: fresh().world,
      enrolmentWindow: window,
      examples: 2,
      reached: (n: number) => reached.push(n),
    };
    expect(await classAccounts(means)).toMatchObject([{ count: 1_203, examples: ['a10000', 'a10001'] }]);
    expect(reached).toEqual([1_000, 1_203]);
  });

  it('leaves out who cannot log in now', async () => {
    await enter('suspended', {}, { state: 'suspended' });
    await enter('issued', {}, { state: 'issued' });
    await enter('expired', {}, { expiresAt: startInstant });
    expect(await classed()).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['role', () => enter('b', { affiliations: [{ unit: 'f-engineering', role: 'staff', from: 0 }] })],
    ['unit', () => enter('b', { affiliations: [{ unit: 'f-law', role: 'student', from: 0 }] })],
    ['group', () => enter('b', { groups: ['admins'] })],
    ['kind', () => enter('b', {}, { kind: 'sps' })],
    ['window', () => enter('b', {}, { activation: { handed: 'in-person', at: startInstant } })],
    [
      'factor',
      async () => {
        await enter('b');
        await fresh().put(credentials, sampleCredential('totp', { accountId: 'b' }));
      },
    ],
  ])('keeps apart accounts that differ in %s', async (_what, enterOther) => {
    await enter('a');
    await enterOther();
    expect((await classed()).map(({ count }) => count)).toEqual([1, 1]);
  });

  it('takes together what differs in nothing that a rule could ask', async () => {
    await enter('a', { groups: ['x', 'y'] });
    await enter('b', { groups: ['y', 'x'] }, { activation: { handed: 'in-person', at: startInstant - window } });
    for (const accountId of ['a', 'b']) {
      const wishes = { accountId, id: `totp of ${accountId}`, addedAt: accountId === 'a' ? 1 : 2 };
      await fresh().put(credentials, sampleCredential('totp', wishes));
    }
    expect(await classed(1)).toMatchObject([{ count: 2, examples: ['a'] }]);
  });
});
