/** Tells from jest's results which tests did not run, and what they would have needed. */

/** The part of jest's aggregated result that is read here. */
export interface RunResult {
  readonly testResults: readonly {
    readonly testFilePath: string;
    readonly testResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly ancestorTitles: readonly string[];
    }[];
  }[];
}

export interface LeftOut {
  /** Undefined: switched off for no reason that the machine could give. */
  readonly need: string | undefined;
  readonly suite: string;
  readonly count: number;
}

const ran = new Set(['passed', 'failed', 'focused']);
const mark = / \[needs ([^\]]+)\]$/;

/** One entry per suite (or per file, for tests outside a marked suite), in the order of the run. */
export function listLeftOut(result: RunResult): LeftOut[] {
  const entries = new Map<string, LeftOut>();
  for (const { testFilePath, testResults } of result.testResults) {
    for (const { ancestorTitles } of testResults.filter(({ status }) => !ran.has(status))) {
      const marked = ancestorTitles.find((title) => mark.test(title));
      const need = marked === undefined ? undefined : mark.exec(marked)?.[1];
      const suite = marked?.replace(mark, '') ?? testFilePath;
      const key = `${testFilePath}\n${suite}`;
      entries.set(key, { need, suite, count: (entries.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...entries.values()];
}

/** Lines for people: grouped by what was lacking. */
export function leftOutLines(entries: readonly LeftOut[]): string[] {
  if (entries.length === 0) return [];
  const lines = ['Left out of this run:'];
  for (const [need, group] of Map.groupBy(entries, ({ need }) => need)) {
    lines.push(need === undefined ? '  switched off:' : `  for want of ${need}:`);
    lines.push(...group.map(({ suite, count }) => `    ${suite} (${count} ${count === 1 ? 'test' : 'tests'})`));
  }
  return lines;
}
