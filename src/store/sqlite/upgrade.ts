/**
 * Brings a file that an older version has written up to date: with nobody else at it, after a copy of it was taken and
 * looked through, in one transaction that is looked through before it ends. Until then the file is what it was.
 */
import { closeSync, existsSync, openSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { DomainError, isDomainError } from '../../base/errors.ts';
import type { AnyCollection } from '../port.ts';
import type { Upgrade } from '../watch.ts';
import { Connection } from './connection.ts';
import { draftAt, draftName } from './draft.ts';
import { layoutVersion, presentLayout, takeSteps } from './migrations.ts';
import { buildCollection, changedIn } from './prepare-collections.ts';
import { headerOf } from './store-file.ts';
import { takeAlone } from './take-alone.ts';
import { inTransaction } from './transaction.ts';

export interface UpgradeMeans {
  readonly path: string;
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
  /** How long to wait for others to leave the file, in milliseconds. */
  readonly patience: number;
  /** Bytes free where a folder lies. */
  readonly freeBytes?: (folder: string) => number;
}

interface Pending {
  readonly layout: number;
  readonly changed: readonly AnyCollection[];
}

/**
 * What was done; undefined where there was nothing to do.
 * @throws DomainError `store.in_use` while another process has the file open, `store.upgrade_failed` with the file as it
 *   was, `store.version` for a file of a newer version.
 */
export function upgradeFile(means: UpgradeMeans): Upgrade | undefined {
  const { path, collections, patience } = means;
  if (!headerOf(path) || !pendingAt(means)) return undefined;
  // Processes that know the old layout hold a lock of the engine as long as they live: whoever gets past it is alone.
  const holder = takeAlone(path, patience);
  if (holder === 'in_use') {
    // Unless that was one which has just done it.
    if (pendingAt(means)) throw new DomainError('store.in_use', { path });
    return undefined;
  }
  if (!holder) throw new DomainError('store.unavailable', { path });
  try {
    const pending = pendingOn(holder, collections);
    return pending && upgrade(means, holder, pending);
  } finally {
    holder.close();
  }
}

/** Undefined for a new file, and for one that is as this version wants it. */
export function pendingOn(connection: Connection, collections: readonly AnyCollection[]): Pending | undefined {
  const layout = layoutVersion(connection);
  if (layout === 0) return undefined;
  const changed = changedIn(connection, collections);
  return layout < presentLayout || changed.length > 0 ? { layout, changed } : undefined;
}

function pendingAt({ path, collections, patience }: UpgradeMeans): Pending | undefined {
  const connection = new Connection({ path, busyTimeoutMs: patience, access: 'reading' });
  try {
    return pendingOn(connection, collections);
  } finally {
    connection.close();
  }
}

function upgrade(means: UpgradeMeans, holder: Connection, { layout, changed }: Pending): Upgrade {
  const { path, clock } = means;
  const failed = (reason: string, cause?: unknown, more = {}) =>
    new DomainError('store.upgrade_failed', { path, reason, ...more }, cause);
  const { free, needed } = roomFor(means);
  if (free < needed) throw failed('too little room for the backup', undefined, { free, needed });
  const now = clock.now();
  const backup = freeName(`${path}.before-upgrade-${layout}-${new Date(now).toISOString().replace(/[:.]/g, '-')}`);
  try {
    keepCopy(holder, backup, layout);
  } catch (error) {
    throw failed(`the backup could not be taken: ${wordsOf(error)}`, error);
  }
  try {
    inTransaction(holder, () => {
      takeSteps(holder);
      for (const collection of changed) buildCollection(holder, collection, clock);
      holder.change('INSERT INTO upgrade VALUES (?, ?, ?)', now, layout, backup);
      lookThrough(holder);
    });
  } catch (error) {
    // Nothing has changed, so nobody needs it; a supervisor that starts us again and again would fill the disk with them.
    rmSync(backup, { force: true });
    throw failed(wordsOf(error), error);
  }
  return { fromLayout: layout, toLayout: presentLayout, changed: changed.map(({ name }) => name), backup };
}

/** The engine's own words where there are any: a code alone would not tell an operator what to mend. */
const wordsOf = (error: unknown): string => {
  if (!Error.isError(error)) return String(error);
  return isDomainError(error) && Error.isError(error.cause) ? error.cause.message : error.message;
};

/** The copy takes as much as the file, and so do, at the worst, the changes that wait beside it until they are merged. */
function roomFor({ path, freeBytes = freeOnDisk }: UpgradeMeans): { free: number; needed: number } {
  const sizes = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  const whole = sizes.reduce((sum, size) => sum + size, 0);
  return { free: freeBytes(dirname(path)), needed: 2 * whole + spare };
}

const spare = 16e6;

function freeOnDisk(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function freeName(wished: string): string {
  let name = wished;
  for (let count = 2; existsSync(name); count += 1) name = `${wished}-${count}`;
  return name;
}

/** Readable by its owner alone from its first byte on; has its name only once it is whole and on the disk. */
function keepCopy(holder: Connection, backup: string, layout: number): void {
  const draft = draftAt(draftName(backup, 'upgrade'));
  draft.discard();
  try {
    closeSync(openSync(draft.path, 'wx', 0o600));
    holder.change('VACUUM INTO ?', draft.path);
    const copy = new Connection({ path: draft.path, busyTimeoutMs: 0, access: 'reading' });
    try {
      if (layoutVersion(copy) !== layout) throw new Error('the copy has another layout than the store');
      lookThrough(copy);
    } finally {
      copy.close();
    }
    if (draft.keepAs(backup) === 'exists') throw new Error(`${backup} has come to be there`);
  } finally {
    draft.discard();
  }
}

/** @throws Error saying what is wrong. */
function lookThrough(connection: Connection): void {
  const damage = connection.rows('PRAGMA quick_check(5)').map(([line]) => String(line));
  if (damage.join() !== 'ok') throw new Error(`damaged: ${damage.join('; ')}`);
}
