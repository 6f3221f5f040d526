/**
 * Jest's last reporter. Lists the tests that did not run; SEKISHO_REFUSE_OMISSIONS=1 makes them a failure, so that a judge
 * cannot go green on what it did not look at. SEKISHO_TEST_COUNTS names a file for the run's closing line.
 */
import { writeFileSync } from 'node:fs';
import { leftOutLines, listLeftOut, type RunResult } from './left-out.ts';

interface Totals extends RunResult {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  /** Files that broke before their first test. */
  readonly numRuntimeErrorTestSuites: number;
}

export default class LeftOutReporter {
  readonly #rootDir: string;
  readonly #isFiltered: boolean;
  #refusal: Error | undefined;

  constructor(globalConfig: { readonly rootDir: string; readonly testNamePattern?: string }) {
    this.#rootDir = globalConfig.rootDir;
    // Somebody asks for a few tests by name: those left out were not asked for.
    this.#isFiltered = Boolean(globalConfig.testNamePattern);
  }

  onRunComplete(_contexts: unknown, totals: Totals): void {
    const refuses = process.env.SEKISHO_REFUSE_OMISSIONS === '1';
    const entries = listLeftOut(totals).filter(({ need }) => need !== undefined || refuses || !this.#isFiltered);
    const lines = leftOutLines(
      entries.map((entry) => ({ ...entry, suite: entry.suite.replace(`${this.#rootDir}/`, '') })),
    );
    if (refuses && entries.length > 0) {
      this.#refusal = new Error('tests were left out');
      lines.push('Refused: this run may leave nothing out (SEKISHO_REFUSE_OMISSIONS=1).');
    }
    if (lines.length > 0) process.stderr.write(`\n${lines.join('\n')}\n`);
    const countsFile = process.env.SEKISHO_TEST_COUNTS;
    if (countsFile) writeFileSync(countsFile, `${closingLine(totals, count(entries))}\n`);
  }

  /** Jest fails the run when a reporter has an error. */
  getLastError(): Error | undefined {
    return this.#refusal;
  }
}

const count = (entries: readonly { readonly count: number }[]): number =>
  entries.reduce((sum, entry) => sum + entry.count, 0);

/** A file that broke before its first test counts as one failure: nought failed beside a red run would mislead. */
function closingLine(totals: Totals, skipped: number): string {
  const failed = totals.numFailedTests + totals.numRuntimeErrorTestSuites;
  const parts = [`${totals.numPassedTests} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  return `tests: ${parts.join(', ')}`;
}
