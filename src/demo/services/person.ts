/**
 * The signed-in person in words, from whatever claims came: any of them may be missing, several or long. It reads
 * claims and decides nothing; what a person may do here is not a demonstration's business.
 */
import type { Language, Text } from './language.ts';
import type { Claims } from './sessions.ts';

export interface Person {
  readonly name: string;
  readonly studentNumber: string | undefined;
  readonly affiliations: readonly string[];
  readonly units: readonly string[];
}

/** The values of eduPersonAffiliation (eduPerson 202208, 2.2.1) as the university calls them. */
const affiliationWords: Readonly<Record<string, Text>> = {
  affiliate: { ja: '学外関係者', en: 'Affiliate' },
  alum: { ja: '卒業生・修了生', en: 'Alumni' },
  employee: { ja: '教職員', en: 'Employee' },
  faculty: { ja: '教員', en: 'Faculty' },
  'library-walk-in': { ja: '図書館来館利用者', en: 'Library visitor' },
  member: { ja: '構成員', en: 'Member' },
  staff: { ja: '職員', en: 'Staff' },
  student: { ja: '学生', en: 'Student' },
};
/** Values that follow from narrower ones and would only repeat them: an employee is told as faculty or staff. */
const impliedBy: ReadonlyMap<string, readonly string[]> = new Map([
  ['employee', ['faculty', 'staff']],
  ['member', ['employee', 'faculty', 'staff', 'student']],
]);

export function describePerson(claims: Claims, language: Language): Person {
  return {
    name: nameOf(claims, language),
    studentNumber: textOf(claims.student_number),
    affiliations: affiliationsOf(listOf(claims.eduperson_affiliation), language),
    units: listOf(claims[`organizational_unit#${language}`] ?? claims.organizational_unit),
  };
}

function nameOf(claims: Claims, language: Language): string {
  const tagged = language === 'ja' ? ['name#ja-Hani-JP', 'name#ja'] : ['name#en', 'name#ja-Latn-JP'];
  const given = textOf(claims.given_name);
  const family = textOf(claims.family_name);
  const parts = language === 'ja' ? [family, given] : [given, family];
  const candidates = [
    ...tagged.map((claim) => textOf(claims[claim])),
    textOf(claims.name),
    parts.filter((part) => part !== undefined).join(' '),
    textOf(claims.preferred_username),
    textOf(claims.email),
    textOf(claims.sub),
  ];
  return candidates.find(Boolean) ?? '';
}

function affiliationsOf(values: readonly string[], language: Language): string[] {
  return values
    .filter((value) => !impliedBy.get(value)?.some((narrower) => values.includes(narrower)))
    .map((value) => affiliationWords[value]?.[language] ?? value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function listOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map(textOf).filter((text) => text !== undefined);
}
