/**
 * From file and environment to a checked configuration, or to everything that is wrong with it: whoever mends a file
 * wants the whole list, not the first line of it. Default < file < environment.
 */
import { dirname } from 'node:path';
import { judgeTree } from '../base/document/judge-tree.ts';
import { readLogo } from '../base/document/logo.ts';
import { type Finding, locateFindings, type Path, type Problem, pathText } from '../base/document/problem.ts';
import { readYamlFile, type YamlFile } from '../base/document/yaml-file.ts';
import type { Environment } from './environment.ts';
import { applyEnvironment } from './environment-settings.ts';
import { checkAttributes } from './rules/attributes.ts';
import { checkConsistency } from './rules/consistency.ts';
import { checkPolicy } from './rules/policy.ts';
import { checkProduction } from './rules/production.ts';
import { checkReferences } from './rules/references.ts';
import { checkSamlMetadata } from './rules/saml.ts';
import { type Config, configSchema } from './schema.ts';

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
  const judged = judge(settings.tree, dirname(file ?? '.'));
  const positionOf = (path: Path): string | undefined =>
    settings.variables.get(pathText(path)) ?? yaml.positionOf(path);
  const problems = [...settings.problems, ...locateFindings(judged.findings, positionOf)];
  const { config } = judged;
  return config !== undefined && problems.length === 0 ? { ok: true, config } : { ok: false, problems };
}

/** The schema's judgement, then that of the rules on whatever part of the values the schema accepts. */
function judge(tree: unknown, folder: string): { config?: Config; findings: readonly Finding[] } {
  const { value: config, accepted, findings: refusals } = judgeTree(configSchema, tree);
  const { university } = accepted;
  const logo = university?.logo === undefined ? undefined : readLogo(university.logo, folder);
  const findings = [
    ...refusals,
    ...checkReferences(accepted),
    ...checkConsistency(accepted),
    ...checkPolicy(accepted),
    ...checkSamlMetadata(accepted),
    ...checkAttributes(accepted),
    ...checkProduction(accepted),
    ...(logo?.ok === false ? [{ path: ['university', 'logo'], message: logo.message }] : []),
  ];
  if (config === undefined) return { findings };
  if (!logo?.ok) return { config, findings };
  return { config: { ...config, university: { ...config.university, logo: logo.uri } }, findings };
}
