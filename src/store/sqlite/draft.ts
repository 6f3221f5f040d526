/** A copy that is not yet what it is to be: it gets its name only when it is whole and on the disk. */
import { closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Draft } from '../files.ts';
import type { AnyCollection } from '../port.ts';
import { changeTable } from './changes.ts';
import { Connection } from './connection.ts';
import { tableOf } from './layout.ts';

export const draftName = (path: string, id: string): string => `${path}.draft-${id}`;

export const draftAt = (draft: string): Draft => ({
  path: draft,
  forget: (collections) => forget(draft, collections),
  keepAs(path) {
    syncToDisk(draft);
    try {
      // A link, not a rename: it fails where a rename would replace.
      linkSync(draft, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return 'exists';
      throw error;
    }
    rmSync(draft);
    syncToDisk(dirname(path));
    return 'kept';
  },
  discard() {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true });
  },
});

/** Of a file its bytes, of a folder its names. */
export function syncToDisk(path: string): void {
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

function forget(draft: string, collections: readonly AnyCollection[]): void {
  const connection = new Connection({ path: draft, busyTimeoutMs: 0, access: 'alone' });
  try {
    // Overwritten, not only unlinked: what is forgotten must not be read out of free pages.
    connection.exec('PRAGMA secure_delete = ON');
    connection.exec('BEGIN');
    // With them goes what was noted of the last changes: it holds ids, those of what is forgotten among them (changes.ts).
    for (const table of [...collections.map(tableOf), changeTable]) {
      const isThere = connection.row("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table);
      if (isThere) connection.exec(`DELETE FROM ${table}`);
    }
    connection.exec('COMMIT');
  } finally {
    connection.close();
  }
}
