/**
 * A disk that a test turns full, or makes fail to sync, or cuts the power of: `failing-disk.c`, preloaded into a server.
 * SIGKILL alone proves little about syncs, since what the process wrote outlives it in the kernel's memory.
 */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `dies-at-sync`: the process ends where it would have synced the file itself. */
export type DiskFault = 'full' | 'sync-fails' | 'dies-at-sync';

export interface Disk {
  /** For the server's process. */
  readonly environment: Readonly<Record<string, string>>;
  turn(fault: DiskFault, isOn: boolean): void;
  /** How often the disk has failed by now. */
  failures(): number;
  /**
   * While no process runs: what had not reached the disk is gone, but for the pages that the kernel had written already.
   * It writes them when it likes, in any order: those that chance, or `isWritten`, says.
   */
  cutPower(isWritten?: (page: number) => boolean): void;
}

const pageBytes = 4096;

export function openDisk(directory: string): Disk {
  const panel = join(directory, 'panel');
  mkdirSync(panel);
  const library = join(panel, 'failing-disk.so');
  const source = fileURLToPath(new URL('failing-disk.c', import.meta.url));
  execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source], { stdio: 'inherit' });
  const store = join(directory, 'sekisho.db');
  const failures = join(panel, 'failures');
  return {
    environment: { LD_PRELOAD: library, DISK_PANEL: panel, DISK_FILE: store },
    turn(fault, isOn) {
      if (isOn) writeFileSync(join(panel, fault), '');
      else rmSync(join(panel, fault), { force: true });
    },
    failures: () => (existsSync(failures) ? statSync(failures).size : 0),
    cutPower(isWritten = () => Math.random() < 0.5) {
      for (const end of ['', '-wal']) cut(store + end, join(panel, `sekisho.db${end}`), isWritten);
      // Memory that processes share, and no more than that.
      rmSync(`${store}-shm`, { force: true });
    },
  };
}

function cut(file: string, kept: string, isWritten: (page: number) => boolean): void {
  // Without an account of its pages nothing was written since the last cut.
  if (![file, `${kept}.disk`, `${kept}.dirty`].every((path) => existsSync(path))) return;
  const written = readFileSync(file);
  const pages = readFileSync(`${kept}.dirty`).entries();
  const disk = openSync(`${kept}.disk`, 'r+');
  for (const [page, isDirty] of pages) {
    const at = page * pageBytes;
    if (isDirty === 1 && at < written.length && isWritten(page)) {
      writeSync(disk, written.subarray(at, at + pageBytes), 0, undefined, at);
    }
  }
  closeSync(disk);
  copyFileSync(`${kept}.disk`, file);
  rmSync(`${kept}.dirty`);
}
