/**
 * Folders named for the process that made them. A run that is killed outright cannot tidy up: its mongods are ended by watchers of
 * the library, but for frozen ones, and its folders stay. The next that makes a folder sees to both.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'sekisho-mongo';

export function makeFolder(): string {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}-(\\d+)-`).exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) sweep(join(tmpdir(), name));
  }
  return mkdtempSync(join(tmpdir(), `${prefix}-${process.pid}-`));
}

/** A name only: a run that never asks for MongoDB makes no folder. */
export const runFolderName = (): string => join(tmpdir(), `${prefix}-${process.pid}-run`);

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is none to tidy up after.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function sweep(folder: string): void {
  for (const member of readdirSync(folder)) {
    // Written by mongod; empty after a shutdown in good order.
    const pid = Number(textOf(join(folder, member, 'mongod.lock')));
    // Numbers are given again: only a process that was started on this folder is the one that is meant.
    if (pid > 0 && textOf(`/proc/${pid}/cmdline`).includes(folder)) process.kill(pid, 'SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
