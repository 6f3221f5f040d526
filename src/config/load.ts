/**
 * From file and environment to a checked configuration, or to everything that is wrong with it: whoever mends a file
 * wants the whole list, not the first line of it. Default < file < environment.
 */
import { dirname } from 'node:path';
import { type AcceptedPart, acceptedPart } from './accepted-part.ts';
import type { Environment } from './environment.ts';
import { applyEnvironment } from './environment-settings.ts';
import { explainIssue } from './explain-issue.ts';
import { keepKnownKeys } from './known-keys.ts';
import { readLogo } from './logo.ts';
import { type Finding, type Path, type Problem, pathText } from './problem.ts';
import { checkConsistency } from './rules/consistency.ts';
import { checkProduction } from './rules/production.ts';
import { checkReferences } from './rules/references.ts';
import { type Config, configSchema } from './schema.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

interface Source {
  /** Path of a YAML file; without one, defaults and environment are all there is. */
  readonly file?: string;
  readonly environment: Environment;
}

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const noFile: YamlFile = { tree: undefined, problems: [], positionOf: () => undefined };

export function loadConfig({ file, environment }: Source): LoadedConfig {
  const yaml = file === undefined ? noFile : readYamlFile(file);
  // What a file with broken syntax goes on to say is guesswork.
  if (yaml.problems.length > 0) return { ok: false, problems: yaml.problems };
  const settings = applyEnvironment(configSchema, yaml.tree, environment);
  const known = keepKnownKeys(configSchema, settings.tree);
  const judged = judge(known.kept, dirname(file ?? '.'));

  const positionOf = (path: Path): string | undefined =>
    settings.variables.get(pathText(path)) ?? yaml.positionOf(path);
  const located = [...known.findings, ...judged.findings].map(({ path, message }): Problem => {
    const position = positionOf(path);
    return { path: pathText(path), message, ...(position === undefined ? {} : { position }) };
  });
  const problems = [...settings.problems, ...located];
  const { config } = judged;
  return config !== undefined && problems.length === 0 ? { ok: true, config } : { ok: false, problems };
}

/** The schema's judgement, then that of the rules on whatever part of the values the schema accepts. */
function judge(tree: unknown, folder: string): { config?: Config; findings: readonly Finding[] } {
  const parsed = configSchema.safeParse(tree);
  const issues = parsed.success ? [] : parsed.error.issues;
  const accepted: AcceptedPart = parsed.success ? parsed.data : (acceptedPart(configSchema, tree) as AcceptedPart);
  const { university } = accepted;
  const logo = university?.logo === undefined ? undefined : readLogo(university.logo, folder);
  const findings = [
    ...issues.map((issue) => explainIssue(configSchema, tree, issue)),
    ...checkReferences(accepted),
    ...checkConsistency(accepted),
    ...checkProduction(accepted),
    ...(logo?.ok === false ? [{ path: ['university', 'logo'], message: logo.message }] : []),
  ];
  if (!parsed.success) return { findings };
  const config = parsed.data;
  if (!logo?.ok) return { config, findings };
  return { config: { ...config, university: { ...config.university, logo: logo.uri } }, findings };
}
