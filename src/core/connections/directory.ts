/**
 * The listed connections in short: who may use each. Ten thousand of them are a few megabytes, and a person's own are
 * chosen among them without a read; reading all of them for each page would keep every login waiting.
 * Whoever shows one of them reads its record: what is found here may be behind by as long as `longestHeld`.
 */
import type { Instant } from '../../base/clock.ts';
import { minutes } from '../../base/duration.ts';
import type { World } from '../world.ts';
import { type Audience, type Connection, connections } from './connection.ts';

export interface DirectoryEntry {
  readonly id: string;
  readonly audience: Audience;
}

export type Directory = () => Promise<readonly DirectoryEntry[]>;

interface Reading {
  /** The last change in the store before this was read. */
  readonly lastChange: string;
  readonly readAt: Instant;
  readonly entries: readonly DirectoryEntry[];
}

/** A change that bears an earlier time than one that was seen (another node's clock, a long import) is found after this. */
const longestHeld = minutes(1);

export function connectionDirectory(world: World): Directory {
  let held: Reading | undefined;
  let reading: Promise<Reading> | undefined;

  return async () => {
    const change = await lastChange(world);
    const now = world.clock.now();
    // A change of this very millisecond may still be followed by another; one of the minute to come, which a node whose clock is
    // ahead has dated, must not have everybody read all of them until then.
    const isFresh =
      held !== undefined &&
      held.lastChange === change.mark &&
      change.at !== held.readAt &&
      now < held.readAt + longestHeld;
    if (isFresh && held) return held.entries;
    reading ??= readAll(world, change.mark).finally(() => {
      reading = undefined;
    });
    held = await reading;
    return held.entries;
  };
}

async function lastChange({ store }: World): Promise<{ readonly at: Instant; readonly mark: string }> {
  const { records } = await store.find(connections, { index: 'byChange', descending: true, limit: 1 });
  const [last] = records;
  return last ? { at: last.changedAt, mark: `${last.changedAt} ${last.version} ${last.id}` } : { at: 0, mark: '' };
}

async function readAll({ store, clock }: World, mark: string): Promise<Reading> {
  const readAt = clock.now();
  const entries: DirectoryEntry[] = [];
  let after: string | undefined;
  do {
    const page = await store.find(connections, { index: 'byState', equals: ['active'], ...(after ? { after } : {}) });
    entries.push(...page.records.filter(({ isListed }) => isListed).map(entryOf));
    after = page.next;
    // An engine that reads in this thread would keep every login waiting until the last page.
    await new Promise((resolve) => setImmediate(resolve));
  } while (after);
  return { lastChange: mark, readAt, entries };
}

const entryOf = ({ id, audience }: Connection): DirectoryEntry => ({ id, audience });
