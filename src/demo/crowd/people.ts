/** The n-th person of a crowd, with one account: four of five study, the others teach or work; some do more than one. */
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import type { Account } from '../../core/people/account.ts';
import type { Affiliation, Person, Role } from '../../core/people/person.ts';
import { type Draw, drawAt } from './draw.ts';
import { familyNames, givenNames } from './names.ts';

/** The university that the crowd belongs to, out of the configuration. */
export interface Campus {
  readonly units: readonly [string, ...string[]];
  /** Kinds of account, for those who study and for those who work. */
  readonly kinds: { readonly study: string; readonly work: string };
  readonly mailDomain: string;
  readonly termsVersion: string | undefined;
}

export type CrowdPerson = Omit<Person, 'id'>;
export type CrowdAccount = Omit<Account, 'id' | 'personId'>;

/** Without common factors with a power of ten, so that numbers spread and never meet. */
const stride = 7919;

/** More would need longer login names. */
export const largestCrowd = 9_999_999;

export function crowdPerson(
  campus: Campus,
  seed: string,
  index: number,
  now: Instant,
): { readonly person: CrowdPerson; readonly account: CrowdAccount } {
  const draw = drawAt(seed, `person/${index}`);
  const studies = draw.isAmong(80);
  const family = draw.of(familyNames);
  const given = draw.of(givenNames);
  const nameEn = { family: family[2], given: given[2] };
  const from = now - days(30 + draw.below(1_400));
  const number = String((index * stride) % 100_000_000).padStart(8, '0');
  const mark = markOf(index);
  const mailName = `${nameEn.family}.${nameEn.given}.${mark}`.toLowerCase();
  const person: CrowdPerson = {
    nameJa: { family: family[0], given: given[0] },
    nameKana: { family: family[1], given: given[1] },
    nameEn,
    birthDate: birthDateOf(draw, studies),
    ...(studies ? { studentNumber: `10${number}` } : { staffNumber: number }),
    affiliations: affiliationsOf(draw, campus, studies, from, now),
    createdAt: from,
  };
  const account: CrowdAccount = {
    kind: studies ? campus.kinds.study : campus.kinds.work,
    loginName: studies ? studyName(index) : workName(nameEn.family, nameEn.given, mark),
    state: 'active',
    createdAt: from,
    activatedAt: from,
    universityMail: `${mailName}@${studies ? 'st.' : ''}${campus.mailDomain}`,
    ...(campus.termsVersion === undefined ? {} : { acceptedTerms: { version: campus.termsVersion, at: from } }),
  };
  return { person, account };
}

/** `a00079190`: as long as the longest that ECS-IDs have. */
export const studyName = (index: number): string =>
  `a0${String((index * stride) % (largestCrowd + 1)).padStart(7, '0')}`;

/** `yoshidataro12a`. */
export const workName = (family: string, given: string, mark: string): string =>
  `${family}${given}${mark}`.toLowerCase();

/** Two digits and as many letters as it takes, another for each index: `12a`, `99z`, `10ba`. */
export function markOf(index: number): string {
  let letters = '';
  let rest = Math.floor(index / 90);
  do {
    letters = String.fromCharCode(97 + (rest % 26)) + letters;
    rest = Math.floor(rest / 26);
  } while (rest > 0);
  return `${10 + (index % 90)}${letters}`;
}

function birthDateOf(draw: Draw, studies: boolean): string {
  const year = studies ? 1998 + draw.below(10) : 1962 + draw.below(38);
  return `${year}-${twoDigits(1 + draw.below(12))}-${twoDigits(1 + draw.below(28))}`;
}

const twoDigits = (number: number): string => String(number).padStart(2, '0');

function affiliationsOf(
  draw: Draw,
  { units }: Campus,
  studies: boolean,
  from: Instant,
  now: Instant,
): readonly Affiliation[] {
  const role: Role = studies ? 'student' : draw.of(['faculty', 'staff', 'staff']);
  const held: Affiliation[] = [{ unit: draw.of(units), role, from }];
  // Teaching assistants, joint appointments; and where somebody was before.
  if (draw.isAmong(12)) held.push({ unit: draw.of(units), role: 'employee', from: now - days(1 + draw.below(180)) });
  if (draw.isAmong(8)) held.push({ unit: draw.of(units), role, from: from - days(900), until: from });
  return held;
}
