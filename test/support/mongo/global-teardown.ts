/** After the test files: ends the replica set that they shared, if any of them asked for it, and waits until it is gone. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from './once-per-run.ts';
import { isRunning } from './stale-folders.ts';
import { until } from './until.ts';

export default async function globalTeardown(): Promise<void> {
  const folder = runFolder();
  if (folder === undefined) return;
  const pid = pidOfSet(folder);
  if (pid !== undefined && isRunning(pid)) {
    process.kill(pid, 'SIGTERM');
    await until('the shared replica set to end', 30, () => !isRunning(pid) || undefined);
  }
  rmSync(folder, { recursive: true, force: true });
}

function pidOfSet(folder: string): number | undefined {
  try {
    return Number(readFileSync(join(folder, 'set.pid'), 'utf8'));
  } catch {
    return undefined;
  }
}
