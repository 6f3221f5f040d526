import { describe, expect, it } from '@jest/globals';
import {
  currentAffiliations,
  currentRoles,
  displayName,
  type Person,
  type Role,
} from '../../../src/core/people/person.ts';
import { samplePerson } from '../sample-records.ts';

const now = 1_000;
const holding = (...held: readonly Role[]): Person =>
  samplePerson({ affiliations: held.map((role) => ({ unit: 'f-law', role, from: 0 })) });

describe('currentAffiliations', () => {
  it.each([
    ['from its first instant on', { from: now }, true],
    ['not before', { from: now + 1 }, false],
    ['until its end', { from: 0, until: now + 1 }, true],
    ['no longer at its end', { from: 0, until: now }, false],
    ['without a known end', { from: 0 }, true],
  ])('counts an affiliation %s', (_when, dates, isCurrent) => {
    const affiliation = { unit: 'f-law', role: 'student', ...dates } as const;
    expect(currentAffiliations(samplePerson({ affiliations: [affiliation] }), now)).toEqual(
      isCurrent ? [affiliation] : [],
    );
  });
});

describe('currentRoles', () => {
  it.each<[readonly Role[], readonly Role[]]>([
    [[], []],
    [['student'], ['student', 'member']],
    [['faculty'], ['faculty', 'member']],
    [['staff'], ['staff', 'member']],
    [['employee'], ['employee', 'member']],
    [['affiliate'], ['affiliate']],
    [['alum'], ['alum']],
    [['library-walk-in'], ['library-walk-in']],
    [
      ['alum', 'staff', 'student', 'student'],
      ['student', 'staff', 'member', 'alum'],
    ],
  ])('of %j are %j', (held, current) => {
    expect(currentRoles(holding(...held), now)).toEqual(current);
  });

  it('are none of a student who has left', () => {
    const left = samplePerson({ affiliations: [{ unit: 'f-law', role: 'student', from: 0, until: now }] });
    expect(currentRoles(left, now)).toEqual([]);
  });
});

describe('displayName', () => {
  const { nameJa: _ja, ...foreign } = samplePerson();

  it.each([
    ['the family name first in Japanese', samplePerson(), 'ja', '京都 花子'],
    ['the given name first in English', samplePerson(), 'en', 'Hanako Kyoto'],
    ['Latin letters in Japanese where there are no others', foreign, 'ja', 'Hanako Kyoto'],
  ] as const)('has %s', (_what, person, locale, name) => {
    expect(displayName(person, locale)).toBe(name);
  });
});
