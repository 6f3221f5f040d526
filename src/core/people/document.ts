/**
 * A document with persons, judged: an entry for the register for each, or everything that is wrong with it, with the path
 * of each problem (`people[12].accounts[0].loginName`). A last day is inclusive; the instant that is stored is not.
 */
import { endOfDay, startOfDay } from '../../base/calendar-day.ts';
import type { Partly } from '../../base/document/accepted-part.ts';
import { judgeTree } from '../../base/document/judge-tree.ts';
import { nearest } from '../../base/document/nearest.ts';
import type { Finding, Path } from '../../base/document/problem.ts';
import { canonicalLoginName } from './account.ts';
import { peopleDocument, type WrittenPerson } from './document-schema.ts';
import type { PersonEntry } from './register.ts';

/** What a document may refer to, from the configuration. */
export interface PeopleSurroundings {
  /** For each kind of account, whether a canonical login name is one of its own. */
  readonly accountKinds: ReadonlyMap<string, (loginName: string) => boolean>;
  readonly units: readonly string[];
  /** IANA name of the zone in which days begin. */
  readonly timeZone: string;
}

export type JudgedPeople =
  | { readonly ok: true; readonly entries: readonly PersonEntry[] }
  | { readonly ok: false; readonly findings: readonly Finding[] };

export function judgePeople(tree: unknown, surroundings: PeopleSurroundings): JudgedPeople {
  const { value, accepted, findings } = judgeTree(peopleDocument, tree);
  const written = accepted.people ?? [];
  const all = [
    ...findings,
    ...written.flatMap((person, index) =>
      (person ? checkPerson(person, surroundings) : []).map(({ path, message }) => ({
        path: ['people', index, ...path],
        message,
      })),
    ),
    ...checkUnique(written),
  ];
  if (value === undefined || all.length > 0) return { ok: false, findings: all };
  return { ok: true, entries: value.people.map((person) => entryOf(person, surroundings.timeZone)) };
}

type Person = Partly<WrittenPerson>;

const checkPerson = (person: Person, surroundings: PeopleSurroundings): readonly Finding[] => [
  ...checkAffiliations(person, surroundings),
  ...checkAccounts(person, surroundings),
  ...checkFound(person),
];

function checkAffiliations({ affiliations }: Person, { units }: PeopleSurroundings): readonly Finding[] {
  return (affiliations ?? []).flatMap((affiliation, index) => {
    const { unit, from, until } = affiliation ?? {};
    const path = ['affiliations', index];
    const isUnknown = unit !== undefined && !units.includes(unit);
    const isBackwards = from !== undefined && until !== undefined && until < from;
    return [
      ...(isUnknown ? [unknown([...path, 'unit'], 'unit', unit, units)] : []),
      ...(isBackwards ? [{ path: [...path, 'until'], message: 'is before the first day' }] : []),
    ];
  });
}

function checkAccounts({ accounts }: Person, { accountKinds }: PeopleSurroundings): readonly Finding[] {
  return (accounts ?? []).flatMap((account, index): readonly Finding[] => {
    const { kind, loginName } = account ?? {};
    if (kind === undefined) return [];
    const isLoginName = accountKinds.get(kind);
    const path = ['accounts', index];
    if (!isLoginName) return [unknown([...path, 'kind'], 'kind of account', kind, [...accountKinds.keys()])];
    if (loginName === undefined || isLoginName(canonicalLoginName(loginName))) return [];
    return [{ path: [...path, 'loginName'], message: `${loginName} is no login name of the kind ${kind}` }];
  });
}

/** Whom nothing finds again, the next import of the same document would make a second time. */
function checkFound({ studentNumber, staffNumber, accounts }: Person): readonly Finding[] {
  if (studentNumber !== undefined || staffNumber !== undefined || accounts?.length !== 0) return [];
  return [{ path: [], message: 'needs a studentNumber, a staffNumber or an account, to be found again by' }];
}

function unknown(path: Path, what: string, value: string, known: readonly string[]): Finding {
  const meant = nearest(value, known);
  return { path, message: `there is no ${what} ${value}${meant === undefined ? '' : `; did you mean ${meant}?`}` };
}

/** Numbers and login names belong to one person each, within the document as in the store. */
function checkUnique(people: readonly (Person | undefined)[]): readonly Finding[] {
  const seen = new Map<string, string>();
  const findings: Finding[] = [];
  const see = (what: string, value: string | undefined, path: Path, where: string): void => {
    if (value === undefined) return;
    const first = seen.get(`${what} ${value}`);
    if (first === undefined) seen.set(`${what} ${value}`, where);
    else findings.push({ path, message: `${value} is that of ${first} already` });
  };
  people.forEach((person, index) => {
    const where = `people[${index}]`;
    see('student', person?.studentNumber, ['people', index, 'studentNumber'], where);
    see('staff', person?.staffNumber, ['people', index, 'staffNumber'], where);
    person?.accounts?.forEach((account, at) => {
      const loginName = account?.loginName && canonicalLoginName(account.loginName);
      see('login', loginName, ['people', index, 'accounts', at, 'loginName'], where);
      see('immutable', account?.immutableId, ['people', index, 'accounts', at, 'immutableId'], where);
    });
  });
  return findings;
}

function entryOf({ affiliations, accounts, ...facts }: WrittenPerson, timeZone: string): PersonEntry {
  return {
    ...facts,
    affiliations: affiliations.map(({ unit, role, from, until }) => ({
      unit,
      role,
      from: startOfDay(from, timeZone),
      ...(until === undefined ? {} : { until: endOfDay(until, timeZone) }),
    })),
    accounts: accounts.map(({ expires, ...account }) => ({
      ...account,
      loginName: canonicalLoginName(account.loginName),
      ...(expires === undefined ? {} : { expiresAt: endOfDay(expires, timeZone) }),
    })),
  };
}
