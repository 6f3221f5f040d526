import { describe, expect, it } from '@jest/globals';
import { judgePeople } from '../../../src/core/people/document.ts';
import { type Campus, crowdPerson, largestCrowd, markOf, studyName } from '../../../src/demo/crowd/people.ts';

const campus: Campus = {
  units: ['f-law', 'g-law', 'main-library'],
  kinds: { study: 'ecs', work: 'sps' },
  mailDomain: 'kyoto-u.ac.jp',
  termsVersion: '2026-04',
};
const now = Date.UTC(2026, 3, 10);
const crowd = (count: number, seed = 'seed') =>
  Array.from({ length: count }, (_, index) => crowdPerson(campus, seed, index, now));

describe('crowdPerson', () => {
  it('gives the same people for the same seed, and others for another', () => {
    expect(crowd(50)).toEqual(crowd(50));
    expect(crowd(50)).not.toEqual(crowd(50, 'another'));
  });

  it('gives nobody the number, the login name or the mail of somebody else', () => {
    const all = crowd(5_000);
    const unique = (values: readonly unknown[]) => new Set(values).size;
    expect(unique(all.map(({ account }) => account.loginName))).toBe(all.length);
    expect(unique(all.map(({ account }) => account.universityMail))).toBe(all.length);
    expect(unique(all.map(({ person }) => person.studentNumber ?? person.staffNumber))).toBe(all.length);
  });

  it('keeps the last of the largest crowd apart from the first, too', () => {
    expect(studyName(largestCrowd)).not.toBe(studyName(0));
    expect(new Set([0, 89, 90, 2_339, 2_340, largestCrowd].map(markOf)).size).toBe(6);
  });

  it('makes people that a document could hold: names in three scripts, dates, affiliations in their units', () => {
    const entries = crowd(200).map(({ person, account }) => ({
      nameJa: person.nameJa,
      nameKana: person.nameKana,
      nameEn: person.nameEn,
      birthDate: person.birthDate,
      ...(person.studentNumber ? { studentNumber: person.studentNumber } : { staffNumber: person.staffNumber }),
      affiliations: person.affiliations.map(({ unit, role }) => ({ unit, role, from: '2020-04-01' })),
      accounts: [{ kind: account.kind, loginName: account.loginName, universityMail: account.universityMail }],
    }));
    const judged = judgePeople(
      { people: entries },
      {
        accountKinds: new Map([
          ['ecs', (name: string) => /^a0[0-9]{6,7}$/.test(name)],
          ['sps', (name: string) => /^[a-z]{2}[a-z0-9]{2,62}$/.test(name)],
        ]),
        units: campus.units,
        timeZone: 'Asia/Tokyo',
      },
    );
    expect(judged.ok ? [] : judged.findings).toEqual([]);
  });

  it('mixes students and staff, with more than one affiliation for some', () => {
    const all = crowd(1_000);
    const students = all.filter(({ account }) => account.kind === 'ecs').length;
    expect(students).toBeGreaterThan(700);
    expect(students).toBeLessThan(900);
    expect(all.filter(({ person }) => person.affiliations.length > 1).length).toBeGreaterThan(100);
  });
});
