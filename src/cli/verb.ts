/**
 * What all verbs have in common: their options, the ground they stand on, and one way to print. A verb's own file holds
 * its arguments and its act.
 */
import type { Command, Option } from 'commander';
import type { Config } from '../config/schema.ts';
import type { Actor } from '../core/audit/event.ts';
import type { World } from '../core/world.ts';
import type { Edges, Ground } from '../ground.ts';
import { chosenConfig } from './chosen-config.ts';
import { rehearsal } from './rehearsal.ts';
import { problemsReport, type Report } from './report.ts';
import type { Terminal } from './terminal.ts';

/** One run of the command line. Verbs set how it ended. */
export interface Run {
  readonly terminal: Terminal;
  readonly edges: Edges;
  exitCode: 0 | 1 | 2;
}

export interface Call<Options> {
  readonly args: readonly string[];
  readonly options: Options;
  readonly terminal: Terminal;
  readonly edges: Edges;
  readonly actor: Actor;
  readonly isJson: boolean;
  readonly isDryRun: boolean;
}

interface CommonOptions {
  readonly config?: string;
  readonly json?: boolean;
  readonly dryRun?: boolean;
}

/** What a verb is, for the help, the manual and the parser. */
export interface VerbWords {
  /** As commander takes it: `suspend <login-name>`. */
  readonly usage: string;
  readonly summary: string;
  /** What follows the summary in the help of the verb itself. */
  readonly more?: string;
  /** The document that --json prints on success, beside `ok`. */
  readonly json: string;
}

/** A problem with the configuration that stopped a verb; `run` prints it. */
export class ConfigRefused extends Error {
  readonly report: Report;

  constructor(report: Report) {
    super('configuration refused');
    this.report = report;
  }
}

type Act<Options> = (call: Call<Options>) => Promise<Report | undefined>;

/** A verb that changes nothing but prints. `act` answers undefined when it has printed for itself. */
export function addVerb<Options extends object>(
  parent: Command,
  run: Run,
  words: VerbWords,
  act: Act<Options & CommonOptions>,
  options: readonly Option[] = [],
): Command {
  const command = parent.command(words.usage).summary(words.summary).description(describe(words));
  for (const option of options) command.addOption(option);
  command.option('--json', 'print JSON');
  return command.action(async (...given: unknown[]) => {
    const self = given.at(-1) as Command;
    const chosen = self.optsWithGlobals<Options & CommonOptions>();
    const isDryRun = chosen.dryRun === true;
    const report = await act({
      args: self.processedArgs.filter((value) => value !== undefined).map(String),
      options: chosen,
      terminal: run.terminal,
      edges: run.edges,
      actor: { kind: 'operator', id: run.terminal.operator },
      isJson: chosen.json === true,
      isDryRun,
    });
    if (report) print(run, report, chosen.json === true, isDryRun);
  });
}

/** A verb that changes something: it can be rehearsed. */
export function addChangingVerb<Options extends object>(
  parent: Command,
  run: Run,
  words: VerbWords,
  act: Act<Options & CommonOptions>,
  options: readonly Option[] = [],
): Command {
  return addVerb(parent, run, words, act, options).option('--dry-run', 'say what would be done, and change nothing');
}

const describe = ({ summary, more, json }: VerbWords): string =>
  [summary, more, `JSON: ${json}`].filter((part) => part !== undefined).join('\n\n');

export function print(run: Run, { ok, lines, json }: Report, isJson: boolean, isDryRun = false): void {
  const { terminal } = run;
  if (!ok) run.exitCode = 1;
  if (isJson) {
    terminal.out(`${JSON.stringify({ ok, ...(isDryRun ? { dryRun: true } : {}), ...json }, undefined, 2)}\n`);
    return;
  }
  const shown = ok && isDryRun ? [...lines, 'Nothing was changed (--dry-run).'] : lines;
  const text = shown.map((line) => `${line}\n`).join('');
  if (ok) terminal.out(text);
  else terminal.err(text);
}

/** @throws ConfigRefused with every problem; UsageError when there is no file. */
export function configOf({ terminal, options }: Call<CommonOptions>): Config {
  const { loaded } = chosenConfig(terminal, options.config);
  if (loaded.ok) return loaded.config;
  throw new ConfigRefused(problemsReport(loaded.problems, 'the configuration cannot be used'));
}

/** Opens the store and the keys for `act`, and closes them. In a dry run its world writes nothing. */
export async function onGround(
  call: Call<CommonOptions>,
  act: (world: World, ground: Ground) => Promise<Report>,
): Promise<Report> {
  const config = configOf(call);
  // Only here: checking a configuration need not load a server.
  const { openGround } = await import('../ground.ts');
  const ground = await openGround(config, call.edges, undefined, upgradesTo(call.terminal));
  try {
    const { world } = ground;
    return await act(call.isDryRun ? { ...world, store: rehearsal(world.store) } : world, ground);
  } finally {
    await ground.close();
  }
}

/** Beside what the verb itself prints: the first command of a new version may be the one that meets the old store. */
const upgradesTo = ({ err }: Terminal) => ({
  upgraded: ({ backup }: { readonly backup: string }) =>
    err(`The store was brought up to date. As it was before, it lies in ${backup}\n`),
});
