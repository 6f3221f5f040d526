/**
 * What all test files of one jest run have in common, though each runs in a process of its own: the first that asks makes it, the
 * others wait. Kept as a line of text in the run's folder, whose name global-setup.ts hands to every worker.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

/** Longer than the longest download that is waited for. */
const patienceSeconds = 330;

/** Undefined outside of jest. */
export const runFolder = (): string | undefined => process.env.SEKISHO_TEST_RUN;

export async function oncePerRun(name: string, make: () => Promise<string>): Promise<string> {
  const folder = runFolder();
  if (folder === undefined) return make();
  mkdirSync(folder, { recursive: true });
  const result = join(folder, name);
  if (isFirst(`${result}.lock`)) {
    const made = await make().then(
      (text) => ({ text }),
      (error: unknown) => ({ error: String(error) }),
    );
    writeFileSync(`${result}.new`, JSON.stringify(made));
    renameSync(`${result}.new`, result);
  }
  await until(`${name}, which another test file prepares`, patienceSeconds, () => existsSync(result) || undefined);
  const { text, error } = JSON.parse(readFileSync(result, 'utf8')) as { text?: string; error?: string };
  if (text === undefined) throw new Error(`${name}: ${error}`);
  return text;
}

function isFirst(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
