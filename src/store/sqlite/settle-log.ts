/**
 * What a process that is gone has left beside the file is brought to the disk before anything is built on it. After a sync
 * that failed, Linux calls pages clean that never reached the disk; SQLite reads them out of memory like all others,
 * and commits that come to lie behind them would be lost with them when the power goes.
 */
import { closeSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { DomainError, isDomainError } from '../../base/errors.ts';
import type { Connection } from './connection.ts';
import { takeAlone } from './take-alone.ts';

/**
 * Does nothing while another process has the file open: it has done so itself.
 * @throws DomainError `store.unavailable` when the disk does not take it.
 */
export function settleLog(path: string): void {
  const log = `${path}-wal`;
  if (!statSync(log, { throwIfNoEntry: false })?.size) return;
  const holder = takeAlone(path, 0);
  if (holder === undefined || holder === 'in_use') return;
  try {
    writeAgain(log);
    merge(holder);
  } finally {
    holder.close();
  }
}

/** Every byte as it is: what is written again is no longer taken for clean. */
function writeAgain(path: string): void {
  try {
    const file = openSync(path, 'r+');
    try {
      const part = Buffer.alloc(1 << 20);
      for (let at = 0, count = -1; count !== 0; at += count) {
        count = readSync(file, part, 0, part.length, at);
        if (count > 0) writeSync(file, part, 0, count, at);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new DomainError('store.unavailable', { path }, error);
  }
}

/** Merged, the log begins anew, and its end holds nothing that nobody was told of. */
function merge(holder: Connection): void {
  try {
    holder.row('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    // A full disk may have no room for it; on the disk it is as good beside the file.
    if (!isDomainError(error, 'store.unavailable')) throw error;
  }
}
