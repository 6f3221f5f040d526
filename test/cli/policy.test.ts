/** `policy try` and `policy list`. What each account has, and what each rule makes of it, is counted by hand. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { days } from '../../src/base/duration.ts';
import { connections } from '../../src/core/connections/connection.ts';
import { type Credential, credentials, passwordId } from '../../src/core/credentials/credential.ts';
import { type Account, accounts } from '../../src/core/people/account.ts';
import { people, type Role } from '../../src/core/people/person.ts';
import { insert, type Write } from '../../src/store/port.ts';
import { sampleCredential } from '../core/sample-credentials.ts';
import { sampleAccount, sampleConnection, samplePerson } from '../core/sample-records.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const now = systemClock.now();

function entered(loginName: string, role: Role, held?: Credential, account: Partial<Account> = {}): readonly Write[] {
  const id = `id-of-${loginName}`;
  const of = { id, personId: `person-of-${loginName}`, loginName, kind: role === 'student' ? 'ecs' : 'sps' };
  const affiliations = [{ unit: 'f-law', role, from: 0 }];
  const password = { kind: 'password', hash: 'x', preset: 'kyoto', setAt: 0, edition: 'e' } as const;
  return [
    insert(people, samplePerson({ id: of.personId, affiliations })),
    insert(accounts, sampleAccount({ ...of, ...account })),
    insert(credentials, { ...password, id: passwordId(id), accountId: id }),
    ...(held ? [insert(credentials, { ...held, id: `factor-of-${loginName}`, accountId: id })] : []),
  ];
}

const everybody = [
  ...entered('a0000001', 'student', sampleCredential('totp')),
  ...entered('a0000002', 'student'),
  ...entered('a0000003', 'student', undefined, { activation: { handed: 'in-person', at: now - days(1) } }),
  ...entered('a0000004', 'student', sampleCredential('temporary-pass', { expiresAt: now + days(1) })),
  ...entered('yoshida1', 'staff', sampleCredential('passkey')),
  ...entered('yoshida2', 'staff'),
  ...entered('a0000007', 'student', undefined, { state: 'suspended' }),
  ...entered('a0000008', 'student', undefined, { state: 'issued' }),
];
const services = [
  sampleConnection({ id: 'kulasis', audience: { roles: ['student'] } }),
  sampleConnection({ id: 'library' }),
  sampleConnection({ id: 'payroll', audience: { roles: ['staff'] }, requiredLevel: 'mfa' }),
  sampleConnection({ id: 'old', state: 'suspended' }),
];

const offCampus = '{ name: off-campus, when: { connections: [kulasis], outsideNetworks: [10.0.0.0/8] }, level: mfa }';
const forStaff = '{ name: for-staff, when: { roles: [staff] }, level: mfa }';
const policyOf = (...rules: readonly string[]) => `policy: { rules: [${rules.join(', ')}] }\n`;

beforeEach(async () => {
  await cli().onGround(({ world }) =>
    world.store.commit([...everybody, ...services.map((service) => insert(connections, service))]),
  );
});

const kulasis = { accounts: 3, atBest: 0, alone: 2, desk: 1, never: 0, examples: ['a0000002', 'a0000003', 'a0000004'] };
const library = { accounts: 1, atBest: 1, alone: 0, desk: 1, never: 0, examples: ['yoshida2'] };

describe('policy try', () => {
  it('counts who could enter a service today and could not any more, and what they could do about it', async () => {
    cli().write('policy.yaml', policyOf(offCampus, forStaff));
    const before = await cli().events();
    expect(await cli().json(['policy', 'try', 'policy.yaml'])).toEqual({
      ok: true,
      accounts: 6,
      connections: 3,
      // yoshida2 at payroll, with and without the change.
      shutNow: 1,
      shut: {
        accounts: 4,
        atBest: 1,
        alone: 2,
        desk: 2,
        never: 0,
        examples: ['a0000002', 'yoshida2', 'a0000003', 'a0000004'],
      },
      opened: 0,
      rules: [
        { name: 'off-campus', concerns: 4, services: 1, ...kulasis },
        { name: 'for-staff', concerns: 2, services: 1, ...library },
      ],
      services: [
        { id: 'kulasis', ...kulasis },
        { id: 'library', ...library },
      ],
      remarks: [],
    });
    expect(await cli().events()).toBe(before);
  });

  it('says the same to people', async () => {
    cli().write('policy.yaml', policyOf(offCampus, forStaff));
    const { exitCode, out } = await cli().sekisho(['policy', 'try', 'policy.yaml', '--examples', '1']);
    expect(exitCode).toBe(0);
    expect(out).toContain('6 active accounts, 3 active services, judged at worst');
    expect(out).toContain('4 accounts could no longer enter some service that they can enter now:\n');
    expect(out).toContain('2 could do something about it by themselves now, 2 would have to visit a desk, 0 could not');
    expect(out).toMatch(/│ off-campus │ 4 +│ 1 +│ 3 +│ 0 +│ 2 +│ 1 +│ 0 +│ a0000002 +│/);
    expect(out).not.toContain('a0000003');
  });

  it('counts from the policy that is configured now: what it demands already shuts nobody out anew', async () => {
    cli().write('same.yaml', policyOf(offCampus, forStaff));
    cli().write('less.yaml', policyOf(offCampus));
    const environment = { SEKISHO__POLICY__RULES: `[${offCampus}, ${forStaff}]` };
    const none = { accounts: 0, atBest: 0, alone: 0, desk: 0, never: 0, examples: [] };
    const same = await cli().json(['policy', 'try', 'same.yaml'], { environment });
    expect(same).toMatchObject({ shutNow: 4, shut: none, opened: 0, services: [] });
    const less = await cli().json(['policy', 'try', 'less.yaml'], { environment });
    expect(less).toMatchObject({ shutNow: 4, shut: none, opened: 1, rules: [{ concerns: 4, ...none }] });
  });

  it('tells who could not enter with any factor that can be set up here, and names them first', async () => {
    cli().write('policy.yaml', policyOf('{ name: high, when: { connections: [kulasis] }, level: aal2 }'));
    expect(await cli().json(['policy', 'try', 'policy.yaml'])).toMatchObject({
      shut: { accounts: 4, alone: 0, desk: 0, never: 4, atBest: 4 },
    });
  });

  it('tells of each rule what it would do alone: at best a rule about the network shuts nobody out', async () => {
    cli().write('policy.yaml', policyOf(offCampus.replace('connections: [kulasis], ', ''), forStaff));
    expect(await cli().json(['policy', 'try', 'policy.yaml', '--connection', 'library'])).toMatchObject({
      shut: { accounts: 4, atBest: 1 },
      rules: [
        { name: 'off-campus', accounts: 4, atBest: 0 },
        { name: 'for-staff', accounts: 1, atBest: 1 },
      ],
    });
  });

  it('looks at one service where that is asked for', async () => {
    cli().write('policy.yaml', policyOf(offCampus, forStaff));
    const argv = ['policy', 'try', 'policy.yaml', '--connection', 'library'];
    expect(await cli().json(argv)).toMatchObject({ connections: 1, shutNow: 0, shut: library });
    const { exitCode } = await cli().sekisho(['policy', 'try', 'policy.yaml', '--connection', 'nowhere']);
    expect(exitCode).toBe(1);
  });

  it('remarks on a connection that there is not, since a rule may come before its service', async () => {
    cli().write('policy.yaml', policyOf(offCampus.replace('kulasis', 'kulasiss, tomorrow')));
    expect(await cli().json(['policy', 'try', 'policy.yaml'])).toMatchObject({
      ok: true,
      remarks: [
        'off-campus: there is no connection kulasiss; did you mean kulasis?',
        'off-campus: there is no connection tomorrow',
      ],
    });
  });

  it('takes a copy of a whole configuration, and looks at its policy only', async () => {
    cli().write('sekisho.yaml', `university: { name: nonsense }\n${policyOf(forStaff)}`);
    expect(await cli().json(['policy', 'try', 'sekisho.yaml'])).toMatchObject({ shut: library });
  });

  it.each([
    [
      policyOf(offCampus.replace('level: mfa', 'level: mfaa'), forStaff.replace('[staff]', '[stuff]')),
      ['policy.rules[0].level: ', 'policy.rules[1].when.roles[0]: ', '2 problems; nothing was tried.'],
    ],
    [
      policyOf('{ name: a, when: { units: [f-lew] }, level: mfa }'),
      ['there is no unit f-lew; did you mean f-law?', ':1:'],
    ],
    ['rules: []\n', ['policy: is missing', '1 problem; nothing was tried.']],
  ])('refuses %s', async (text, told) => {
    cli().write('policy.yaml', text);
    const { exitCode, out, err } = await cli().sekisho(['policy', 'try', 'policy.yaml']);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    for (const part of told) expect(err).toContain(part);
  });
});

describe('policy list', () => {
  it('lists the rules, and the services with a level of their own', async () => {
    const environment = { SEKISHO__POLICY__RULES: `[${offCampus}, ${forStaff}]` };
    const { out } = await cli().sekisho(['policy', 'list'], { environment });
    expect(out).toMatch(/│ off-campus │ to kulasis +│ mfa +│ no +│\n│ +│ from outside 10\.0\.0\.0\/8 +│/);
    expect(out).toMatch(/│ +│ every login to payroll +│ mfa +│ no +│/);
    expect(await cli().json(['policy', 'list'], { environment })).toMatchObject({
      rules: [{ name: 'off-campus', level: 'mfa' }, { name: 'for-staff' }],
      connections: [{ id: 'payroll', requiredLevel: 'mfa' }],
      remarks: [],
    });
  });
});
