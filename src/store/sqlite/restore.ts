/**
 * Puts a copy where the store lies. Nobody may have that open meanwhile: a process that went on writing to the file
 * renamed away would acknowledge what nobody will ever read.
 */
import {
  chownSync,
  createReadStream,
  createWriteStream,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Draft, Occupancy, Placed } from '../files.ts';
import { draftAt, draftName, syncToDisk } from './draft.ts';
import { takeAlone } from './take-alone.ts';

/** What SQLite keeps beside a file. Left behind, it would be taken for that of the new one and replayed into it. */
const sides = ['-wal', '-shm', '-journal'];

export async function bringBeside(path: string, from: string, id: string): Promise<Draft> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = draftAt(draftName(path, id));
  try {
    await pipeline(createReadStream(from), createWriteStream(draft.path, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    draft.discard();
    throw error;
  }
  return draft;
}

export function occupancyOf(path: string): Occupancy {
  if (![path, ...sides.map((side) => path + side)].some(existsSync)) return 'empty';
  const holder = takeAlone(path, 0);
  if (holder === 'in_use') return 'in_use';
  holder?.close();
  return 'occupied';
}

export function placeStore(path: string, draft: Draft, stamp: string): Placed {
  const holder = takeAlone(path, 0);
  if (holder === 'in_use') return { kind: 'in_use' };
  try {
    // Merges what lies beside it, so that the old store is one file and can be restored like any other.
    holder?.row('PRAGMA journal_mode = DELETE');
    inheritOwner(path, draft);
    syncToDisk(draft.path);
    const aside: string[] = [];
    const nameAside = freeName(`${path}.replaced-${stamp}`);
    // The journal of a file that is held is the holder's own, and goes with it.
    for (const side of holder ? [] : sides.filter((end) => existsSync(path + end))) {
      renameSync(path + side, nameAside + side);
      aside.push(nameAside + side);
    }
    if (existsSync(path)) {
      // Linked, then replaced: at no moment is there no store, which a server that starts now would make anew.
      linkSync(path, nameAside);
      aside.unshift(nameAside);
    }
    renameSync(draft.path, path);
    syncToDisk(dirname(path));
    return { kind: 'placed', aside };
  } finally {
    holder?.close();
  }
}

const freeName = (wished: string): string => {
  const taken = (name: string): boolean => ['', ...sides].some((side) => existsSync(name + side));
  let name = wished;
  for (let count = 2; taken(name); count += 1) name = `${wished}-${count}`;
  return name;
};

/** Restored by root, it still belongs to whom the server runs as. */
function inheritOwner(path: string, draft: Draft): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(existsSync(path) ? path : dirname(path));
  chownSync(draft.path, uid, gid);
}
