/** `doctor`: looks at everything an operator would be asked about, and says what to do. Exits with 1 when something is wrong. */
import { type Command, Option } from 'commander';
import { type Problem, problemText } from '../base/document/problem.ts';
import { chosenConfig } from './chosen-config.ts';
import { type Finding, problem, type Severity, severities } from './doctor/finding.ts';
import { done, type Report, refused } from './report.ts';
import { printable } from './table.ts';
import { addVerb, type Call, type Run } from './verb.ts';

const words = {
  usage: 'doctor',
  summary: 'look at configuration, store, keys, clock, disk, audit, outbox, jobs; say what to do',
  more: `Changes nothing, and can be run beside the server. A problem makes it exit with 1; warnings and notes do not. With
--reach it also asks the issuer's own address, its certificate, the SMTP server, and the addresses of active connections that
Sekisho calls (keys, lists of addresses, logout).`,
  json: `{ findings: [{ check, severity: "problem" | "warning" | "note" | "ok", what, todo? }], counts: { problem, warning, note,
ok } }, also when ok is false`,
};

const reach = new Option('--reach', 'go out: issuer, certificate, SMTP server, services');

interface DoctorOptions {
  readonly config?: string;
  readonly reach?: boolean;
}

export const addDoctor = (parent: Command, run: Run): Command =>
  addVerb<DoctorOptions>(parent, run, words, consult, [reach]);

async function consult({ terminal, edges, options }: Call<DoctorOptions>): Promise<Report> {
  const { file, loaded } = chosenConfig(terminal, options.config);
  if (!loaded.ok) return reportOf(loaded.problems.map((one) => ofConfiguration(one, file)));
  // Only here: the help need not load what the checks use.
  const [{ admit, discharge }, { examine }] = await Promise.all([
    import('./doctor/patient.ts'),
    import('./doctor/examine.ts'),
  ]);
  const patient = await admit(loaded.config, edges);
  try {
    return reportOf(await examine(patient, options.reach === true));
  } finally {
    await discharge(patient);
  }
}

const ofConfiguration = (one: Problem, file: string): Finding =>
  problem('configuration', problemText(one), `Mend ${file}; \`sekisho check-config\` checks it alone.`);

function reportOf(findings: readonly Finding[]): Report {
  const counts = Object.fromEntries(
    severities.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length]),
  ) as Record<Severity, number>;
  const sum = `problems: ${counts.problem}, warnings: ${counts.warning}, notes: ${counts.note}, in order: ${counts.ok}`;
  const lines = [...findings.flatMap(linesOf), '', sum];
  return (counts.problem > 0 ? refused : done)(lines, { findings, counts });
}

const linesOf = ({ check, severity, what, todo }: Finding): readonly string[] => [
  `${severity.padEnd(8)} ${check}: ${printable(what)}`,
  ...(todo === undefined ? [] : [`${' '.repeat(9)}→ ${printable(todo)}`]),
];
