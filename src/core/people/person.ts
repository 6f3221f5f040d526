/** A human, with one record for life. Accounts come and go; names, numbers and affiliations belong to the person. */
import type { Instant } from '../../base/clock.ts';
import type { Locale } from '../../base/locale.ts';
import type { Collection } from '../../store/port.ts';

/** The values of eduPersonAffiliation (eduPerson 202208, 2.2.1). */
export const roles = [
  'student',
  'faculty',
  'staff',
  'employee',
  'member',
  'affiliate',
  'alum',
  'library-walk-in',
] as const;
export type Role = (typeof roles)[number];

/** Person × unit × role, from the first instant to the last exclusive one. Several may overlap. */
export interface Affiliation {
  /** A code of `units` in the configuration. */
  readonly unit: string;
  readonly role: Role;
  readonly from: Instant;
  /** Absent: without a known end. */
  readonly until?: Instant;
}

export interface PersonName {
  readonly family: string;
  readonly given: string;
}

export interface Person {
  readonly id: string;
  /** In the person's own script, for most 漢字. */
  readonly nameJa?: PersonName;
  readonly nameKana?: PersonName;
  /** In Latin letters; every person has one, because services abroad need it. */
  readonly nameEn: PersonName;
  /** YYYY-MM-DD; known for the window and for the password rule. */
  readonly birthDate?: string;
  readonly phone?: string;
  readonly studentNumber?: string;
  readonly staffNumber?: string;
  /** As a URI: https://orcid.org/0000-0002-1825-0097. */
  readonly orcid?: string;
  readonly affiliations: readonly Affiliation[];
  /** Groups that another system keeps, for rules of the policy; services receive them only by `attributes.groupPrefix`. */
  readonly groups?: readonly string[];
  readonly createdAt: Instant;
}

export const people: Collection<Person> = {
  name: 'people',
  indexes: [
    { name: 'byStudentNumber', fields: ['studentNumber'], unique: true },
    { name: 'byStaffNumber', fields: ['staffNumber'], unique: true },
  ],
};

/** Family name first in Japanese, given name first in Latin letters. */
export function displayName(person: Person, locale: Locale): string {
  if (locale === 'ja' && person.nameJa) return `${person.nameJa.family} ${person.nameJa.given}`;
  return `${person.nameEn.given} ${person.nameEn.family}`;
}

export const currentAffiliations = (person: Person, now: Instant): readonly Affiliation[] =>
  person.affiliations.filter(({ from, until }) => from <= now && (until === undefined || now < until));

/** The person's roles now; `member` always accompanies student, faculty, staff and employee (eduPerson 2.2.1). */
export function currentRoles(person: Person, now: Instant): readonly Role[] {
  const held = new Set(currentAffiliations(person, now).map(({ role }) => role));
  const makesMember: readonly Role[] = ['student', 'faculty', 'staff', 'employee'];
  if (makesMember.some((role) => held.has(role))) held.add('member');
  return roles.filter((role) => held.has(role));
}
