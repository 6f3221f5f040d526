/**
 * The attributes that a service may receive, and the one place where each is read from the records. A protocol names
 * them in its own way; release screens show these very values.
 */
import type { Instant } from '../../base/clock.ts';
import type { Locale, Localized } from '../../base/locale.ts';
import type { Account } from '../people/account.ts';
import { currentAffiliations, currentRoles, displayName, type Person } from '../people/person.ts';

export const attributeNames = [
  'displayName',
  'familyName',
  'givenName',
  'jaDisplayName',
  'jaFamilyName',
  'jaGivenName',
  'kanaName',
  'mail',
  'loginName',
  'studentNumber',
  'staffNumber',
  'affiliation',
  'scopedAffiliation',
  'organizationalUnit',
  'principalName',
  'homeOrganization',
] as const;
export type AttributeName = (typeof attributeNames)[number];

export interface AttributeSource {
  readonly person: Person;
  readonly account: Account;
  readonly now: Instant;
  readonly locale: Locale;
  /** The institution's domain, such as kyoto-u.ac.jp. */
  readonly scope: string;
  readonly unitNames: Readonly<Record<string, Localized>>;
}

export type AttributeValue = string | readonly string[];

type Reader = (source: AttributeSource) => AttributeValue | undefined;

const joined = (name: { family: string; given: string } | undefined): string | undefined =>
  name && `${name.family} ${name.given}`;

const readers: Readonly<Record<AttributeName, Reader>> = {
  displayName: ({ person, locale }) => displayName(person, locale),
  familyName: ({ person }) => person.nameEn.family,
  givenName: ({ person }) => person.nameEn.given,
  jaDisplayName: ({ person }) => joined(person.nameJa),
  jaFamilyName: ({ person }) => person.nameJa?.family,
  jaGivenName: ({ person }) => person.nameJa?.given,
  kanaName: ({ person }) => joined(person.nameKana),
  mail: ({ account }) => account.universityMail,
  loginName: ({ account }) => account.loginName,
  studentNumber: ({ person }) => person.studentNumber,
  staffNumber: ({ person }) => person.staffNumber,
  affiliation: ({ person, now }) => currentRoles(person, now),
  scopedAffiliation: ({ person, now, scope }) => currentRoles(person, now).map((role) => `${role}@${scope}`),
  organizationalUnit: ({ person, now, locale, unitNames }) => [
    ...new Set(currentAffiliations(person, now).map(({ unit }) => unitNames[unit]?.[locale] ?? unit)),
  ],
  principalName: ({ account, scope }) => `${account.loginName}@${scope}`,
  homeOrganization: ({ scope }) => scope,
};

/** The value, or undefined where the person has none; an empty list is none. */
export function readAttribute(name: AttributeName, source: AttributeSource): AttributeValue | undefined {
  const value = readers[name](source);
  return value === undefined || value.length === 0 ? undefined : value;
}
