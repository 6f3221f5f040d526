/**
 * Whether a copy of the store is one that an installation could go on from: whole, ours, and with keys that the master key
 * at hand opens. Asked of every backup before it gets its name, and of every file before it is restored.
 */
import type { Clock, Instant } from '../base/clock.ts';
import { isDomainError } from '../base/errors.ts';
import { systemIds } from '../base/ids.ts';
import { auditEvents } from '../core/audit/event.ts';
import { masterKeyUses, readUse } from '../core/keys/master-key-use.ts';
import type { MasterKeys } from '../core/keys/master-keys.ts';
import { keyRing, readKeys, readRing } from '../core/keys/ring.ts';
import { keyIdOf } from '../core/keys/seal.ts';
import type { FileFault, OpenedFile, StoreFile } from '../store/files.ts';
import type { Store } from '../store/port.ts';

export interface SoundCopy {
  readonly kind: 'sound';
  readonly bytes: number;
  readonly isLayoutPresent: boolean;
  readonly records: Readonly<Record<string, number>>;
  /** The master keys that it opens with; several while one gives way to the next. The one in force comes first. */
  readonly masterKeys: readonly string[];
  /** When the last thing happened that it knows of. */
  readonly newestEvent?: Instant;
}

export type CopyReason = FileFault | 'damaged' | 'no_keys' | 'other_master_key';

export interface UnfitCopy {
  readonly kind: 'unfit';
  readonly reason: CopyReason;
  readonly details: readonly string[];
}

/** What a copy is read with. */
export const copyCollections = [keyRing, masterKeyUses, auditEvents];

/** Closes what it is given. */
export async function judgeCopy(
  opened: OpenedFile,
  masterKey: MasterKeys,
  clock: Clock,
): Promise<SoundCopy | UnfitCopy> {
  if (opened.kind === 'refused') return unfit(opened.fault);
  const { file } = opened;
  try {
    const damage = file.damage('whole');
    return damage.length > 0 ? unfit('damaged', damage) : await judgeContent(file, masterKey, clock);
  } finally {
    file.close();
  }
}

async function judgeContent(file: StoreFile, masterKey: MasterKeys, clock: Clock): Promise<SoundCopy | UnfitCopy> {
  const { store } = file;
  const records = file.counts();
  // A file of our layout that never had a ring was never the store of an installation.
  if (!records[keyRing.name]) return unfit('no_keys');
  const masterKeys = await neededKeys(file);
  const lacking = masterKeys.filter((id) => !masterKey.named(id));
  if (lacking.length > 0)
    return unfit(
      'other_master_key',
      lacking.map((id) => whereItIs(id, masterKey)),
    );
  try {
    await readRing({ store, clock, ids: systemIds }, masterKey);
  } catch (error) {
    if (isDomainError(error, 'key.unreadable')) return unfit('other_master_key');
    throw error;
  }
  const newestEvent = await newestEventOf(store);
  const { bytes, isLayoutPresent } = file;
  const last = newestEvent === undefined ? {} : { newestEvent };
  return { kind: 'sound', bytes, isLayoutPresent, records, masterKeys, ...last };
}

async function neededKeys(file: StoreFile): Promise<readonly string[]> {
  // An older version wrote no such record.
  const use = file.counts()[masterKeyUses.name] === undefined ? undefined : await readUse(file.store);
  const sealed = (await readKeys(file.store)).flatMap(({ sealed }) => (sealed === '' ? [] : [keyIdOf(sealed)]));
  const { inForce, leaving } = use ?? {};
  return [...new Set([inForce, ...sealed, leaving])].filter((id) => id !== undefined);
}

function whereItIs(id: string, { directory }: MasterKeys): string {
  const retired = directory.files().find(({ key, state }) => key.id === id && state === 'retired');
  if (!retired) return `it needs master key ${id}, which is not in ${directory.path}`;
  return `it needs master key ${id}: that is ${retired.path}; rename it to master-${id}.key`;
}

export async function newestEventOf(store: Store): Promise<Instant | undefined> {
  const page = await store.find(auditEvents, { index: 'byTime', descending: true, limit: 1 });
  return page.records[0]?.at;
}

const unfit = (reason: CopyReason, details: readonly string[] = []): UnfitCopy => ({ kind: 'unfit', reason, details });

export const copyReasons: Readonly<Record<CopyReason, string>> = {
  absent: 'there is no such file, or it is empty',
  foreign: 'it is not a store of Sekisho',
  truncated: 'it is cut off: a part of it is missing',
  live: 'it is a plain copy of a store in use, without its last changes; only what `sekisho backup` wrote is whole',
  newer: 'it was written by a newer version of Sekisho',
  half_copied: 'a copy into it was begun by `sekisho store copy` and has not ended',
  unreadable: 'it cannot be read',
  damaged: 'it is damaged',
  no_keys: 'it holds no keys: no installation has worked with it',
  other_master_key:
    'its keys do not open with the master key that is here; restore the key directory that belongs to it',
};
