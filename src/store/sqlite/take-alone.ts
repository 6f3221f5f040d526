/** Takes a file so that nobody else, in any process, has it open: every process that does holds a lock of the engine. */
import { existsSync } from 'node:fs';
import { isDomainError } from '../../base/errors.ts';
import { Connection } from './connection.ts';
import { headerOf } from './store-file.ts';

/**
 * Undefined where there is nothing that can be held: no file, an empty one, or one so damaged that nobody can use it.
 * `patience` in milliseconds.
 */
export function takeAlone(path: string, patience: number): Connection | 'in_use' | undefined {
  if (!existsSync(path) || !headerOf(path)) return undefined;
  try {
    return new Connection({ path, busyTimeoutMs: patience, access: 'alone' });
  } catch (error) {
    const code = isDomainError(error, 'store.unavailable') ? Number(error.facts.sqlite) & 0xff : 0;
    if (code === SQLITE_BUSY || code === SQLITE_LOCKED) return 'in_use';
    if (code === SQLITE_CORRUPT) return undefined;
    throw error;
  }
}

// https://sqlite.org/rescode.html
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_CORRUPT = 11;
