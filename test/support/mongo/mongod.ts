/**
 * The mongod of the tests: found on this machine (places.ts), or brought by mongodb-memory-server, which keeps what it downloaded.
 * Test files that need a mongod of their own say `describeWith(mongod, …)`; where none can be had they are listed as left out. The
 * download is tried once in a run.
 */
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Need } from '../find-program.ts';
import { oncePerRun } from './once-per-run.ts';
import { findInPlaces } from './places.ts';

export const mongod: Need = await findOrDownload();

/** `6.0.5`, as the binary says of itself. */
export function mongodVersion(): string {
  const said = execFileSync(mongod.path, ['--version'], { encoding: 'utf8' });
  const version = /db version v(\d+\.\d+\.\d+)/.exec(said)?.[1];
  if (version === undefined) throw new Error(`${mongod.path} is no mongod: ${said}`);
  return version;
}

async function findOrDownload(): Promise<Need> {
  const found = findInPlaces();
  if (found.isMet) return found;
  try {
    return { ...found, isMet: true, path: await oncePerRun('mongod', download) };
  } catch {
    return found;
  }
}

async function download(): Promise<string> {
  const script = join(import.meta.dirname, 'download.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script], { timeout: 300_000, killSignal: 'SIGKILL' });
  return stdout.trimEnd().split('\n').at(-1) ?? '';
}
