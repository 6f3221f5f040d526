import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../../src/core/audit/event.ts';
import { accountByLoginName, accounts } from '../../../src/core/people/account.ts';
import { planPeople, writePeople } from '../../../src/core/people/import.ts';
import { people } from '../../../src/core/people/person.ts';
import { type PersonEntry, planRegister, type RegisterPlan } from '../../../src/core/people/register.ts';
import { freshGround } from '../fresh-ground.ts';

const ground = freshGround();
const actor: Actor = { kind: 'operator', id: 'tester' };

const entry: PersonEntry = {
  nameEn: { family: 'Kyoto', given: 'Hanako' },
  studentNumber: '1',
  affiliations: [{ unit: 'f-law', role: 'student', from: 0 }],
  accounts: [{ kind: 'ecs', loginName: 'a0000001' }],
};

async function register(wanted: PersonEntry): Promise<RegisterPlan> {
  const plan = await planRegister(ground().world, actor, wanted);
  if (plan.kind !== 'conflict' && plan.writes.length > 0) await ground().world.store.commit(plan.writes);
  return plan;
}

describe('planRegister', () => {
  it('adds a person with accounts that are issued, and tells the audit trail of each', async () => {
    const plan = await register(entry);
    expect(plan).toMatchObject({ kind: 'new', accounts: [{ loginName: 'a0000001', state: 'issued' }] });
    expect(await ground().auditTypes()).toEqual(['account.issued', 'person.registered']);
  });

  it('writes nothing for a person who is as the entry says', async () => {
    await register(entry);
    expect(await register(entry)).toMatchObject({ kind: 'unchanged', writes: [] });
  });

  it('brings a known person up to date and keeps what the entry leaves out', async () => {
    await register({ ...entry, phone: '075-000-0000' });
    const plan = await register({ ...entry, nameEn: { family: 'Nara', given: 'Hanako' } });
    expect(plan).toMatchObject({ kind: 'changed', person: { phone: '075-000-0000', nameEn: { family: 'Nara' } } });
    expect(await ground().world.store.count(people, { index: 'byStudentNumber' })).toBe(1);
  });

  it('finds a person by a login name, in any spelling, and adds a second account', async () => {
    await register(entry);
    const { studentNumber: _left, ...rest } = entry;
    const more = [
      { kind: 'ecs', loginName: 'A0000001' },
      { kind: 'sps', loginName: 'kyotohanako' },
    ];
    expect(await register({ ...rest, accounts: more })).toMatchObject({
      kind: 'changed',
      person: { studentNumber: '1' },
    });
    const [first, second] = await Promise.all(
      ['a0000001', 'kyotohanako'].map((name) => accountByLoginName(ground().world.store, name)),
    );
    expect(second?.personId).toBe(first?.personId);
  });

  it('sees a conflict where somebody else has the immutable id, and takes nobody for them', async () => {
    const immutableId = 'Zm9v+w==';
    const withId = { ...entry, accounts: [{ kind: 'ecs', loginName: 'a0000001', immutableId }] };
    expect(await register(withId)).toMatchObject({ kind: 'new', accounts: [{ immutableId }] });
    expect(await register(withId)).toMatchObject({ kind: 'unchanged' });
    const accountsOfAnother = [{ kind: 'ecs', loginName: 'a0000002', immutableId }];
    const holder = await accountByLoginName(ground().world.store, 'a0000001');
    expect(await register({ ...entry, studentNumber: '2', accounts: accountsOfAnother })).toEqual({
      kind: 'conflict',
      personIds: [holder?.personId],
    });
  });

  it('sees a conflict where number and login name belong to two persons', async () => {
    await register(entry);
    await register({ ...entry, studentNumber: '2', accounts: [{ kind: 'ecs', loginName: 'a0000002' }] });
    const plan = await register({ ...entry, accounts: [{ kind: 'ecs', loginName: 'a0000002' }] });
    expect(plan).toMatchObject({ kind: 'conflict', personIds: [expect.any(String), expect.any(String)] });
  });
});

describe('planPeople', () => {
  const many = (count: number): readonly PersonEntry[] =>
    Array.from({ length: count }, (_, index) => ({
      ...entry,
      studentNumber: `n${index}`,
      accounts: [{ kind: 'ecs', loginName: `a0${String(index).padStart(6, '0')}` }],
    }));

  it('counts, and writes more people than one commit takes', async () => {
    const { world } = ground();
    const plan = await planPeople(world, actor, many(450));
    expect(plan.counts).toEqual({ new: 450, changed: 0, unchanged: 0, conflict: 0 });
    await writePeople(world, plan.plans);
    expect(await world.store.count(accounts, { index: 'byLoginName' })).toBe(450);
    const again = await planPeople(world, actor, many(451));
    expect(again.counts).toEqual({ new: 1, changed: 0, unchanged: 450, conflict: 0 });
  });

  it('names the person about whom there is a conflict', async () => {
    const { world } = ground();
    await writePeople(world, (await planPeople(world, actor, many(2))).plans);
    const [first, second] = many(2);
    if (!first || !second) throw new Error('two were made');
    const { counts, findings } = await planPeople(world, actor, [{ ...first, accounts: second.accounts }]);
    expect(counts.conflict).toBe(1);
    expect(findings).toEqual([
      { path: ['people', 0], message: expect.stringMatching(/^is several persons already: /) },
    ]);
  });

  it('names the account whose immutable id an entry gives to another', async () => {
    const accountWith = (loginName: string) => [{ kind: 'ecs', loginName, immutableId: 'Zm9v+w==' }];
    await register({ ...entry, accounts: accountWith('a0000001') });
    const { findings } = await planPeople(ground().world, actor, [
      { ...entry, studentNumber: '2', accounts: accountWith('a0000002') },
    ]);
    expect(findings).toEqual([
      {
        path: ['people', 0],
        message: expect.stringMatching(/^has the immutableId of another account already, of the person \S+$/),
      },
    ]);
  });
});
