/** Loads a configuration that a test writes out, through a real file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Problem, problemText } from '../../src/base/document/problem.ts';
import type { Environment } from '../../src/config/environment.ts';
import { type LoadedConfig, loadConfig } from '../../src/config/load.ts';
import type { Config } from '../../src/config/schema.ts';

export const exampleFile = 'config/example.yaml';

/** The sections without a default, from config/example.yaml with other words. */
export const requiredSections = `
university:
  name: { ja: 例示大学, en: Example University }
  shortName: { ja: 例示大, en: Example }
  systemName: { ja: 認証, en: Login }
  scope: example.ac.jp
accounts:
  kinds:
    member:
      label: { ja: アカウント, en: Account }
      short: ID
      loginName: { pattern: '[a-z]{3}[0-9]+', example: abc1 }
      holders: { ja: 全員, en: All }
      desk: help
mainDesk: help
desks:
  help: { name: { ja: 窓口, en: Help } }
`;

export function loadText(text: string, environment: Environment = {}): LoadedConfig {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-config-'));
  const file = join(folder, 'test.yaml');
  try {
    writeFileSync(file, text);
    const loaded = loadConfig({ file, environment });
    if (loaded.ok) return loaded;
    return { ok: false, problems: loaded.problems.map((problem) => withoutFolder(problem, `${folder}/`)) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Loads the required sections, then `text`. */
export const loadBeside = (text: string, environment: Environment = {}): LoadedConfig =>
  loadText(`${requiredSections}\n${text}`, environment);

/** Each problem as one line; none when the configuration is right. */
export const linesOf = (loaded: LoadedConfig): readonly string[] => (loaded.ok ? [] : loaded.problems.map(problemText));

/** `path: message` of each problem. */
export const complaintsOf = (loaded: LoadedConfig): readonly string[] =>
  loaded.ok ? [] : loaded.problems.map(({ path, message }) => `${path}: ${message}`);

export function configOf(loaded: LoadedConfig): Config {
  if (!loaded.ok) throw new Error(linesOf(loaded).join('\n'));
  return loaded.config;
}

const withoutFolder = (problem: Problem, folder: string): Problem =>
  problem.position === undefined ? problem : { ...problem, position: problem.position.replace(folder, '') };
