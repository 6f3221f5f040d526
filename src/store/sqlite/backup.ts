/**
 * Copies the store while others write: one moment of it, in one file. VACUUM INTO and not SQLite's page by page backup,
 * because it leaves out free pages: what was deleted does not travel with every backup.
 */
import { closeSync, openSync } from 'node:fs';
import type { Draft } from '../files.ts';
import { Connection } from './connection.ts';
import { draftAt, draftName } from './draft.ts';

/** Readable by its owner alone, from its first byte on. @throws DomainError `store.unavailable`, a full disk included. */
export function copyStore(path: string, to: string, id: string): Draft {
  const draft = draftAt(draftName(to, id));
  closeSync(openSync(draft.path, 'wx', 0o600));
  try {
    const connection = new Connection({ path, busyTimeoutMs: 5_000, access: 'reading' });
    try {
      connection.change('VACUUM INTO ?', draft.path);
    } finally {
      connection.close();
    }
    return draft;
  } catch (error) {
    draft.discard();
    throw error;
  }
}
