/** Which configuration a run is about, loaded and checked. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configFileOf } from '../config/environment.ts';
import { type LoadedConfig, loadConfig } from '../config/load.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const usualFile = join('config', 'sekisho.yaml');

const noFile = `There is no configuration. Name a file with --config or in SEKISHO_CONFIG, or write ${usualFile};
config/example.yaml is a short one to start from.`;

export interface ChosenConfig {
  readonly file: string;
  readonly loaded: LoadedConfig;
}

/** `named` is the value of --config. @throws UsageError when there is no file to read. */
export function chosenConfig({ environment, folder }: Terminal, named: string | undefined): ChosenConfig {
  const usual = existsSync(resolve(folder, usualFile)) ? usualFile : undefined;
  const name = named ?? configFileOf(environment) ?? usual;
  if (name === undefined) throw new UsageError(noFile);
  const file = resolve(folder, name);
  return { file, loaded: loadConfig({ file, environment }) };
}
