/**
 * The present policy and a changed one, judged for every class of accounts at every group of connections. Pure. An account is
 * counted once in each line, with the worst that becomes of it there.
 */
import { audienceOf } from '../../core/connections/audience.ts';
import type { Level } from '../../core/credentials/level.ts';
import { isAbout, type Policy } from '../../core/policy/policy.ts';
import { isCircumstantial, type PolicyRule } from '../../core/policy/rule.ts';
import type { AccountClass } from './account-classes.ts';
import type { ConnectionGroup } from './connection-groups.ts';
import { type Prospect, type ProspectMeans, prospectOf } from './prospect.ts';
import { openTally, type Tally, type TallyMeans } from './tally.ts';

export interface Trial {
  /** That can log in now. */
  readonly accounts: number;
  readonly connections: number;
  /** Those that cannot enter some service of theirs at worst as the policy stands. */
  readonly shutNow: number;
  /** Those that can at worst enter some service now and could not any more. */
  readonly shut: Tally;
  /** Those that cannot enter some service now, at worst, and could. */
  readonly opened: number;
  readonly rules: readonly RuleTrial[];
  /** Where somebody would be shut out, the most of them first. */
  readonly services: readonly ServiceTrial[];
}

/** Of the changed policy, in its order. */
export interface RuleTrial extends Tally {
  readonly name: string;
  /** Accounts for which it could hold somewhere. */
  readonly concerns: number;
  /** How many services somebody would be shut out of by it. */
  readonly services: number;
}

export interface ServiceTrial extends Tally {
  readonly id: string;
}

export function comparePolicies(
  means: ProspectMeans & TallyMeans,
  classes: readonly AccountClass[],
  groups: readonly ConnectionGroup[],
  rules: readonly PolicyRule[],
): Trial {
  const tallies = { all: openTally(means), rules: new Map(rules.map(({ name }) => [name, ruleTally(means)])) };
  const services = groups.map(() => openTally(means));
  const counts = { accounts: 0, shutNow: 0, opened: 0 };
  for (const one of classes) {
    const seen = judgeClass(means, one, groups);
    counts.accounts += one.count;
    if (seen.some(({ before }) => before !== 'enters')) counts.shutNow += one.count;
    if (seen.some(({ before, after }) => before !== 'enters' && after === 'enters')) counts.opened += one.count;
    const shut = seen.filter(({ before, after }) => before === 'enters' && after !== 'enters');
    tallies.all.add(one, shut);
    for (const verdict of shut) services[verdict.group]?.add(one, [verdict]);
    for (const [name, rule] of tallies.rules) {
      if (seen.some(({ about }) => about.some((held) => held.name === name))) rule.concerns += one.count;
      const by = shut.flatMap(({ group, causes }) =>
        causes.filter((cause) => cause.name === name).map((cause) => ({ group, ...cause })),
      );
      rule.tally.add(one, by);
      for (const { group } of by) rule.groups.add(group);
    }
  }
  const sizeOf = (group: number): number => groups[group]?.ids.length ?? 0;
  return {
    ...counts,
    connections: groups.reduce((sum, { ids }) => sum + ids.length, 0),
    shut: tallies.all.read(),
    rules: [...tallies.rules].map(([name, { concerns, tally, groups: by }]) => ({
      name,
      concerns,
      services: [...by].reduce((sum, group) => sum + sizeOf(group), 0),
      ...tally.read(),
    })),
    services: groups
      .flatMap(({ ids }, group) => {
        const tally = services[group]?.read();
        return tally && tally.accounts > 0 ? ids.map((id) => ({ id, ...tally })) : [];
      })
      .toSorted((a, b) => b.accounts - a.accounts || (a.id < b.id ? -1 : 1)),
  };
}

const ruleTally = (means: TallyMeans) => ({ concerns: 0, groups: new Set<number>(), tally: openTally(means) });

/** What becomes of a class at a group of connections that are for it. */
interface Verdict {
  /** Its place in the list. */
  readonly group: number;
  /** At worst, under each policy. */
  readonly before: Prospect;
  readonly after: Prospect;
  /** Under the changed one at best. */
  readonly atBest: Prospect;
  /** Of the changed one that could hold. */
  readonly about: readonly PolicyRule[];
  /** Those of them that would shut the class out if they were alone, with what would become of it then. */
  readonly causes: readonly Cause[];
}

interface Cause {
  readonly name: string;
  readonly after: Prospect;
  readonly atBest: Prospect;
}

function judgeClass(means: ProspectMeans, one: AccountClass, groups: readonly ConnectionGroup[]): readonly Verdict[] {
  const isMeant = audienceOf(one.person, one.account, means.now);
  const known = new Map<string, Prospect>();
  const judge = (levels: readonly Level[]): Prospect => {
    const asked = [...new Set(levels)].sort();
    const prospect = known.get(asked.join()) ?? prospectOf(means, one, asked);
    known.set(asked.join(), prospect);
    return prospect;
  };
  return groups.flatMap((group, at) => {
    if (!isMeant(group.audience)) return [];
    const required = group.requiredLevel === undefined ? [] : [group.requiredLevel];
    const about = rulesOf(group.changed, one);
    const demanded = (rules: readonly PolicyRule[]) => judge([...required, ...rules.map(({ level }) => level)]);
    const verdict = {
      group: at,
      before: demanded(rulesOf(group.present, one)),
      after: demanded(about),
      atBest: demanded(about.filter((rule) => !isCircumstantial(rule))),
      about,
      causes: about.flatMap((rule): readonly Cause[] => {
        const after = judge([rule.level]);
        const atBest = isCircumstantial(rule) ? 'enters' : after;
        return after === 'enters' ? [] : [{ name: rule.name, after, atBest }];
      }),
    };
    return [verdict];
  });
}

const rulesOf = (rules: Policy['rules'], { subject }: AccountClass): readonly PolicyRule[] =>
  rules.filter((rule) => isAbout(rule, subject)).map(({ rule }) => rule);
