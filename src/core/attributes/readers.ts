/**
 * The one place where each attribute is read from the records; release screens show these very values. Scoped values end
 * with the university's own domain and no other: services take them for what that domain says (eduPerson 202208, 2.2).
 */
import type { Locale } from '../../base/locale.ts';
import { audienceOf } from '../connections/audience.ts';
import type { KeyHanding } from '../people/account.ts';
import { currentAffiliations, currentRoles, displayName, type PersonName, type Role } from '../people/person.ts';
import type { AttributeDefinition, AttributeReading, AttributeValue } from './definition.ts';
import type { AttributeSource } from './source.ts';

type Reader = (source: AttributeSource) => AttributeValue | undefined;

const joined = (name: PersonName | undefined): string | undefined => name && `${name.family} ${name.given}`;

export const readers: Readonly<Record<Exclude<AttributeReading, 'constant'>, Reader>> = {
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
  // With an @ of its own nobody could tell where the scope begins (eduPerson 202208, 2.2.8): then there is none.
  principalName: ({ account: { loginName }, scope }) => (loginName.includes('@') ? undefined : `${loginName}@${scope}`),
  homeOrganization: ({ scope }) => scope,
  organization: ({ name, locale }) => name[locale],
  preferredLanguage: ({ pageLocale }) => pageLocale,
  uniqueId: (source) => `${lifelongIdOf(source)}@${source.scope}`,
  targetedId: ({ account, place, pseudonym }) =>
    place === undefined ? undefined : pseudonym(account.id, place).toString('base64url'),
  entitlement: ({ person, account, now, entitlements }) => {
    const isMeant = audienceOf(person, account, now);
    return [...new Set(entitlements.filter(isMeant).map(({ uri }) => uri))];
  },
  assurance: ({ account: { activation }, assurance }) => [
    ...new Set([...assurance.everybody, ...(activation ? assurance[handings[activation.handed]] : [])]),
  ],
  scopedPersonalCode: (source) => personalCodes(source),
  groups: ({ person, groupPrefix }) =>
    groupPrefix === undefined ? undefined : (person.groups ?? []).map((group) => `${groupPrefix}${group}`),
  orcid: ({ person }) => person.orcid,
  immutableId: ({ account }) => account.immutableId,
};

const handings = { 'in-person': 'inPerson', post: 'byPost' } as const satisfies Record<KeyHanding, string>;

/** Of the person, whichever account; 64 letters and digits (eduPerson 202208, 2.2.9), all in lower case. */
export const lifelongIdOf = ({ person, pseudonym }: AttributeSource): string =>
  pseudonym(person.id, lifelongPlace).toString('hex');

/** As no host and no entityID is called. */
const lifelongPlace = ' for life';

/** `student:<number>@scope`, one for each standing of which the person has a number. */
function personalCodes({ person, now, scope }: AttributeSource): readonly string[] {
  const { studentNumber, staffNumber } = person;
  const numbers: readonly (readonly [Role, string | undefined])[] = [
    ['faculty', staffNumber],
    ['staff', staffNumber],
    ['student', studentNumber],
  ];
  const held = currentRoles(person, now);
  return numbers.flatMap(([role, number]) =>
    number !== undefined && held.includes(role) ? [`${role}:${number}@${scope}`] : [],
  );
}

/** The value, or undefined where the person has none; an empty list or text is none. */
export function readAttribute(definition: AttributeDefinition, source: AttributeSource): AttributeValue | undefined {
  const { multi } = definition;
  const value = readFrom(definition, inLanguage(source, definition.language));
  if (value === undefined || value.length === 0) return undefined;
  if (typeof value === 'string') return multi === true ? [value] : value;
  return multi === false ? value[0] : value;
}

function readFrom({ source: reading, values = [], multi }: AttributeDefinition, source: AttributeSource) {
  if (reading !== 'constant') return readers[reading](source);
  return multi === undefined && values.length === 1 ? values[0] : values;
}

const inLanguage = (source: AttributeSource, language: Locale | undefined): AttributeSource =>
  language === undefined ? source : { ...source, locale: language };
