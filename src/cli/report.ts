/** What a verb has to say: to people in lines, to programs as JSON. A refusal is told on standard error, and exits with 1. */
import { type Problem, problemText } from '../base/document/problem.ts';

export interface Report {
  readonly ok: boolean;
  readonly lines: readonly string[];
  /** Beside `ok`, and `dryRun` where a verb changes something. */
  readonly json: Readonly<Record<string, unknown>>;
}

export const done = (lines: readonly string[], json: Report['json']): Report => ({ ok: true, lines, json });

export const refused = (lines: readonly string[], json: Report['json']): Report => ({ ok: false, lines, json });

/** `what` is said after the count: "nothing was written". */
export const problemsReport = (problems: readonly Problem[], what: string): Report =>
  refused(
    [
      ...problems.map(problemText),
      '',
      `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}; ${what}.`,
    ],
    { problems },
  );
