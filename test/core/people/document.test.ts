import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { pathText } from '../../../src/base/document/problem.ts';
import { judgePeople } from '../../../src/core/people/document.ts';

const surroundings = {
  accountKinds: new Map([
    ['ecs', (name: string) => /^a0[0-9]{6,7}$/.test(name)],
    ['sps', (name: string) => /^[a-z]{2}[a-z0-9]{2,62}$/.test(name)],
  ]),
  units: ['f-law', 'f-engineering', 'main-library'],
  timeZone: 'Asia/Tokyo',
};
const judge = (...people: readonly unknown[]) => judgePeople({ people }, surroundings);

const complaints = (...people: readonly unknown[]): readonly string[] => {
  const judged = judge(...people);
  return judged.ok ? [] : judged.findings.map(({ path, message }) => `${pathText(path)}: ${message}`);
};

const affiliation = { unit: 'f-law', role: 'student', from: '2026-04-01', until: '2030-03-31' };
const account = { kind: 'ecs', loginName: 'a0123456' };
const person = {
  nameEn: { family: 'Kyoto', given: 'Hanako' },
  studentNumber: '1029361234',
  affiliations: [affiliation],
  accounts: [account],
};

describe('judgePeople', () => {
  it('accepts the example in config/', () => {
    expect(judgePeople(parse(readFileSync('config/people.example.yaml', 'utf8')), surroundings)).toMatchObject({
      ok: true,
    });
  });

  it('reads days in the time zone, the last one included', () => {
    const judged = judge({ ...person, accounts: [{ ...account, expires: '2030-03-31' }] });
    expect(judged.ok && judged.entries[0]).toMatchObject({
      affiliations: [{ from: Date.parse('2026-04-01T00:00+09:00'), until: Date.parse('2030-04-01T00:00+09:00') }],
      accounts: [{ expiresAt: Date.parse('2030-04-01T00:00+09:00') }],
    });
  });

  it('takes groups, and leaves those alone that it does not name', () => {
    const grouped = judge({ ...person, groups: ['nurses', 'admins'] });
    expect(grouped.ok && grouped.entries[0]?.groups).toEqual(['nurses', 'admins']);
    const silent = judge(person);
    expect(silent.ok && silent.entries[0]).not.toHaveProperty('groups');
    expect(complaints({ ...person, groups: ['Nurses'] })).toEqual([expect.stringContaining('people[0].groups[0]: ')]);
  });

  it('takes a login name as people write it', () => {
    const judged = judge({ ...person, accounts: [{ kind: 'ecs', loginName: 'A0123456' }] });
    expect(judged.ok && judged.entries[0]?.accounts[0]?.loginName).toBe('a0123456');
  });

  it('lists every problem of every person at once', () => {
    const found = complaints(
      { ...person, nameEn: { family: 'Kyoto' }, birthDate: '2007-02-30', studentNr: '1' },
      {
        ...person,
        studentNumber: '2',
        accounts: [{ kind: 'sps', loginName: 'x' }],
        affiliations: [{ ...affiliation, unit: 'f-lew' }],
      },
    );
    expect(found.map((line) => line.split(': ')[0]).sort()).toEqual([
      'people[0].birthDate',
      'people[0].nameEn.given',
      'people[0].studentNr',
      'people[1].accounts[0].loginName',
      'people[1].affiliations[0].unit',
    ]);
  });

  it.each([
    ['a number that YAML has read as one', { studentNumber: 1029361234 }, 'the number 1029361234: put it in quotes'],
    ['a kind of account that is not configured', { accounts: [{ ...account, kind: 'ecz' }] }, 'did you mean ecs?'],
    [
      'a login name of another kind',
      { accounts: [{ kind: 'ecs', loginName: 'taro' }] },
      'taro is no login name of the kind ecs',
    ],
    ['a role that does not exist', { affiliations: [{ ...affiliation, role: 'boss' }] }, 'expected one of student'],
    [
      'an end before the beginning',
      { affiliations: [{ ...affiliation, until: '2026-03-31' }] },
      'is before the first day',
    ],
    ['a time in place of a day', { birthDate: '2007-05-01T00:00:00' }, 'a day that exists, written YYYY-MM-DD'],
    ['an affiliation list that was forgotten', { affiliations: undefined }, 'affiliations: is missing'],
    [
      'an ORCID iD with a slip in it',
      { orcid: 'https://orcid.org/0000-0002-1825-0079' },
      'orcid: expected an ORCID iD such as https://orcid.org/0000-0002-1825-0097',
    ],
    ['a telephone number in words', { phone: 'ask' }, 'a telephone number in digits'],
  ])('refuses %s', (_, change, complaint) => {
    expect(complaints(JSON.parse(JSON.stringify({ ...person, ...change })))).toEqual([
      expect.stringContaining(complaint),
    ]);
  });

  it('refuses a person whom nothing would find again', () => {
    expect(complaints({ nameEn: person.nameEn, affiliations: [], accounts: [] })).toEqual([
      'people[0]: needs a studentNumber, a staffNumber or an account, to be found again by',
    ]);
  });

  it('refuses an immutable id that stands with two persons', () => {
    const immutableId = 'Zm9v+w==';
    const another = {
      ...person,
      studentNumber: '2',
      accounts: [{ kind: 'ecs', loginName: 'a0000002', immutableId }],
    };
    expect(complaints({ ...person, accounts: [{ ...account, immutableId }] }, another)).toEqual([
      'people[1].accounts[0].immutableId: Zm9v+w== is that of people[0] already',
    ]);
  });

  it('refuses numbers and login names that stand with two persons, however they are written', () => {
    expect(complaints(person, { ...person, accounts: [{ ...account, loginName: 'A0123456' }] })).toEqual([
      'people[1].studentNumber: 1029361234 is that of people[0] already',
      'people[1].accounts[0].loginName: a0123456 is that of people[0] already',
    ]);
  });
});
