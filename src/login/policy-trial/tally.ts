/** A count of accounts that would be shut out, by what they could do about it, with some of them by name. */
import type { AccountClass } from './account-classes.ts';
import { type Prospect, prospects } from './prospect.ts';

export interface Tally {
  readonly accounts: number;
  /** Of them, those that would be shut out at best too. */
  readonly atBest: number;
  readonly alone: number;
  readonly desk: number;
  readonly never: number;
  /** Login names, those who could do least about it first. */
  readonly examples: readonly string[];
}

export interface TallyMeans {
  /** How many login names each count names. */
  readonly examples: number;
}

interface Shut {
  readonly after: Prospect;
  readonly atBest: Prospect;
}

export interface OpenTally {
  /** All of a class, by what becomes of it at one place or at several; none: it is not shut out. */
  add(one: AccountClass, shut: readonly Shut[]): void;
  read(): Tally;
}

export function openTally({ examples }: TallyMeans): OpenTally {
  const counts = { enters: 0, alone: 0, desk: 0, never: 0 };
  const names: Record<Prospect, string[]> = { enters: [], alone: [], desk: [], never: [] };
  let atBest = 0;
  return {
    add(one, shut) {
      if (shut.length === 0) return;
      const worst = worstOf(shut.map(({ after }) => after));
      counts[worst] += one.count;
      names[worst].push(...one.examples.slice(0, Math.max(0, examples - names[worst].length)));
      if (shut.some((verdict) => verdict.atBest !== 'enters')) atBest += one.count;
    },

    read() {
      const { alone, desk, never } = counts;
      const named = [...names.never, ...names.desk, ...names.alone].slice(0, examples);
      return { accounts: alone + desk + never, atBest, alone, desk, never, examples: named };
    },
  };
}

const worstOf = (all: readonly Prospect[]): Prospect =>
  prospects.findLast((prospect) => all.includes(prospect)) ?? 'enters';
