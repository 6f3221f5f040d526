/**
 * The folder of the master keys, one file a key. A file gets its name only when it is whole and on the disk, is readable by
 * its owner alone, and never takes the place of another. Synchronous: the files are tiny, and opening a text that names a
 * key we have not met waits for them.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../../base/errors.ts';
import { type MasterKey, masterKeyOf } from './master-key.ts';

/** `draft`: made, in nobody's hands yet. `retired`: nothing here needs it; backups of its time do. */
export type KeyFileState = 'usable' | 'draft' | 'retired';

export interface KeyFile {
  readonly key: MasterKey;
  readonly path: string;
  readonly state: KeyFileState;
}

export interface KeyDirectory {
  readonly path: string;
  /** @throws DomainError `key.unreadable` when a file that is named as a key holds none, or another. */
  files(): readonly KeyFile[];
  /** Makes the first key of an installation; false when there is one already. */
  begin(bytes: Buffer): boolean;
  /** Writes a key that nobody uses before `publish`. */
  draft(bytes: Buffer): MasterKey;
  /** Does nothing when it is published already. */
  publish(id: string): void;
  /** Keeps the file under a name that is not read any more. Does nothing where it is not usable. */
  retire(id: string): void;
  discardDrafts(): void;
}

/** The first key of an installation; later ones carry their id. */
export const firstKeyName = 'master.key';
const nameOf = (id: string, state: KeyFileState): string => `master-${id}.${ends[state]}`;
const ends: Readonly<Record<KeyFileState, string>> = { usable: 'key', draft: 'draft', retired: 'retired' };
const fileName = /^master(?:-([\w-]{8}))?\.(key|draft|retired)$/;

export function keyDirectory(path: string): KeyDirectory {
  const at = (name: string): string => join(path, name);
  const files = (): readonly KeyFile[] =>
    namesIn(path)
      .sort()
      .flatMap((name) => {
        const [, id, end] = fileName.exec(name) ?? [];
        const state = (Object.keys(ends) as KeyFileState[]).find((one) => ends[one] === end);
        return state === undefined ? [] : readFile(at(name), id, state);
      });

  /** Named only when it is whole: of two processes that begin at once one names its key, the other reads all of it. */
  function place(bytes: Buffer, draftName: string, name: string): boolean {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    write(at(draftName), bytes);
    try {
      return name === draftName || linkNew(at(draftName), at(name));
    } finally {
      if (name !== draftName) rmSync(at(draftName), { force: true });
      syncFolder(path);
    }
  }

  return {
    path,
    files,
    begin(bytes) {
      return place(bytes, nameOf(masterKeyOf(bytes).id, 'draft'), firstKeyName);
    },
    draft(bytes) {
      const key = masterKeyOf(bytes);
      place(bytes, nameOf(key.id, 'draft'), nameOf(key.id, 'draft'));
      return key;
    },
    publish(id) {
      const draft = at(nameOf(id, 'draft'));
      if (!existsSync(draft)) return;
      linkNew(draft, at(nameOf(id, 'usable')));
      syncFolder(path);
      rmSync(draft);
      syncFolder(path);
    },
    retire(id) {
      for (const file of files()) {
        if (file.key.id !== id || file.state !== 'usable') continue;
        linkNew(file.path, at(nameOf(id, 'retired')));
        syncFolder(path);
        rmSync(file.path);
        syncFolder(path);
      }
    },
    discardDrafts() {
      // By name: one that was never finished is no key, and goes too.
      for (const name of namesIn(path)) {
        if (fileName.exec(name)?.[2] === ends.draft) rmSync(at(name), { force: true });
      }
    },
  };
}

function readFile(path: string, id: string | undefined, state: KeyFileState): KeyFile[] {
  try {
    const key = masterKeyOf(Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url'));
    if (id !== undefined && id !== key.id) throw new DomainError('key.unreadable', { path, reason: 'another key' });
    return [{ key, path, state }];
  } catch (error) {
    // Renamed or removed between the list and here.
    if (codeOf(error) === 'ENOENT') return [];
    // A draft that was never finished is nobody's key.
    if (state === 'draft') return [];
    throw new DomainError('key.unreadable', { path }, error);
  }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new DomainError('key.unreadable', { path }, error);
  }
}

function write(path: string, bytes: Buffer): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, `${bytes.toString('base64url')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** False when the name is taken, and left as it is. */
function linkNew(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** A name is on the disk only when its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
