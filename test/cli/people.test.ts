import { describe, expect, it } from '@jest/globals';
import { accounts } from '../../src/core/people/account.ts';
import { people } from '../../src/core/people/person.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();

const hanako = `
  - nameEn: { family: Kyoto, given: Hanako }
    studentNumber: '1'
    affiliations: [{ unit: f-law, role: student, from: '2026-04-01', until: '2030-03-31' }]
    accounts: [{ kind: ecs, loginName: a0000001 }]`;
const taro = hanako.replace('Hanako', 'Taro').replace("'1'", "'2'").replace('a0000001', 'a0000002');

const storedPeople = () => cli().onGround(({ world }) => world.store.count(people, { index: 'byStudentNumber' }));

describe('people import', () => {
  it('adds, then changes nothing, then brings up to date', async () => {
    cli().write('people.yaml', `people:${hanako}${taro}\n`);
    const first = await cli().sekisho(['people', 'import', 'people.yaml']);
    expect(first).toEqual({ exitCode: 0, out: '2 new, 0 changed, 0 unchanged\n', err: '' });
    cli().write('people.yaml', `people:${hanako}${taro.replace('Taro', 'Jiro')}\n`);
    expect(await cli().json(['people', 'import', 'people.yaml'])).toMatchObject({
      ok: true,
      counts: { new: 0, changed: 1, unchanged: 1, conflict: 0 },
      people: [{ outcome: 'unchanged' }, { outcome: 'changed', accounts: [{ loginName: 'a0000002' }] }],
    });
  });

  it('changes nothing in a dry run, and says what it would do', async () => {
    cli().write('people.yaml', `people:${hanako}\n`);
    const { exitCode, out } = await cli().sekisho(['people', 'import', 'people.yaml', '--dry-run']);
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: '1 new, 0 changed, 0 unchanged\nNothing was changed (--dry-run).\n',
    });
    expect(await storedPeople()).toBe(0);
    expect(await cli().events()).toBe(0);
  });

  it('lists every problem with its place, and writes nobody', async () => {
    cli().write('people.yaml', `people:${hanako}${taro.replace('f-law', 'f-lew').replace('ecs', 'ecz')}\n`);
    const { exitCode, out, err } = await cli().sekisho(['people', 'import', 'people.yaml']);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('people[1].affiliations[0].unit: there is no unit f-lew; did you mean f-law?');
    expect(err).toMatch(/people\[1\]\.accounts\[0\]\.kind: .* \(.*people\.yaml:9:\d+\)\n/);
    expect(err).toContain('2 problems; nothing was written.');
    expect(await storedPeople()).toBe(0);
  });

  it('names a conflict, and writes nobody', async () => {
    cli().write('people.yaml', `people:${hanako}${taro}\n`);
    await cli().sekisho(['people', 'import', 'people.yaml']);
    const before = await cli().events();
    cli().write(
      'people.yaml',
      `people:${hanako.replace('a0000001', 'a0000002')}${taro.replace("'2'", "'3'").replace('a0000002', 'a0000003')}\n`,
    );
    const { exitCode, err } = await cli().sekisho(['people', 'import', 'people.yaml']);
    expect(exitCode).toBe(1);
    expect(err).toContain('people[0]: is several persons already');
    expect(await cli().events()).toBe(before);
  });

  it.each([
    ['is not there', undefined, 'the file does not exist'],
    ['is no YAML', 'people: [', 'Flow sequence in block collection'],
    ['holds something else', 'peopel: []', 'peopel: unknown key; did you mean people?'],
  ])('refuses a file that %s', async (_, text, complaint) => {
    if (text !== undefined) cli().write('people.yaml', text);
    const { exitCode, err } = await cli().sekisho(['people', 'import', 'people.yaml']);
    expect(exitCode).toBe(1);
    expect(err).toContain(complaint);
  });
});

describe('people add', () => {
  const options = ['--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', 'ecs,a0123456,,2030-03-31'];

  it('adds a person from options, by the rules of a document', async () => {
    const affiliation = [
      '--affiliation',
      'f-law,student,2026-04-01',
      '--affiliation',
      'main-library,staff,2026-05-01,2026-05-31',
    ];
    const { exitCode, out } = await cli().sekisho(['people', 'add', ...options, ...affiliation]);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: '1 new, 0 changed, 0 unchanged\n' });
    const account = await cli().onGround(({ world }) =>
      world.store.find(accounts, { index: 'byLoginName', equals: ['a0123456'] }),
    );
    expect(account.records).toMatchObject([{ state: 'issued', expiresAt: Date.parse('2030-04-01T00:00+09:00') }]);
  });

  it('puts a person into groups, and leaves them there when it names none', async () => {
    const add = (...more: readonly string[]) =>
      cli().json(['people', 'add', '--family-en', 'Kyoto', '--given-en', 'Taro', '--staff-number', '7', ...more]);
    await add('--group', 'nurses', '--group', 'admins');
    await add('--phone', '075-753-0000');
    const found = await cli().onGround(({ world }) => world.store.find(people, { index: 'byStaffNumber' }));
    expect(found.records).toMatchObject([{ groups: ['nurses', 'admins'], phone: '075-753-0000' }]);
  });

  it('lists every problem by the place that the option stands for', async () => {
    const { err } = await cli().sekisho([
      'people',
      'add',
      '--given-en',
      'Hanako',
      '--account',
      'ecs,taro,,2030-13-01,x',
    ]);
    expect(err).toContain('people[0].nameEn.family: is missing');
    expect(err).toContain('people[0].accounts[0].loginName: taro is no login name of the kind ecs');
    expect(err).toContain('people[0].accounts[0].expires: expected a day that exists');
    expect(err).toContain('people[0].accounts[0].x: unknown key');
  });
});
