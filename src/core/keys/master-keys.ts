/**
 * The master keys at hand, as one: it seals under the key in force, and opens what any of them sealed. Whoever holds it
 * goes on working while the master key turns; a key that was put into the folder is met when something names it.
 */
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import type { Ids } from '../../base/ids.ts';
import { type KeyDirectory, keyDirectory } from './key-directory.ts';
import type { MasterKey } from './master-key.ts';

export interface MasterKeys extends MasterKey {
  readonly directory: KeyDirectory;
  /** Seals under that key from now on. False when it is not here; the one before then stays in force. */
  sealUnder(id: string): boolean;
  /** Looks at the folder again. */
  reread(now: Instant): void;
}

/** A key whose file was retired is still believed for as long as a page lies open whose form carries its MAC. */
const remembersFor = days(1);

/**
 * Reads the folder, and makes the first key where there is none.
 * @throws DomainError `key.unreadable` when a file is there but holds no key.
 */
export function loadMasterKey(path: string, ids: Ids): MasterKeys {
  const directory = keyDirectory(path);
  const usable = () => directory.files().flatMap(({ state, key }) => (state === 'usable' ? [key] : []));
  if (usable().length === 0) directory.begin(ids.bytes(32));
  const found = usable();
  const met = new Map(found.map((key) => [key.id, key]));
  const missedSince = new Map<string, Instant>();
  // Until the store has said which: `master.key` comes last in the list, and was the first.
  let inForce = found.at(-1) as MasterKey;

  const meet = (): ReadonlySet<string> => {
    const present = usable();
    for (const key of present) if (!met.has(key.id)) met.set(key.id, key);
    return new Set(present.map(({ id }) => id));
  };
  const known = (id: string): MasterKey | undefined => met.get(id);
  const named = (id: string): MasterKey | undefined => {
    if (!met.has(id)) meet();
    return met.get(id);
  };

  return {
    directory,
    get id() {
      return inForce.id;
    },
    subkey: (purpose) => inForce.subkey(purpose),
    known,
    named,
    sealUnder(id) {
      const key = named(id);
      if (key) inForce = key;
      return key !== undefined;
    },
    reread(now) {
      const present = meet();
      for (const id of met.keys()) {
        if (present.has(id) || id === inForce.id) {
          missedSince.delete(id);
          continue;
        }
        const since = missedSince.get(id) ?? now;
        missedSince.set(id, since);
        if (now >= since + remembersFor) {
          met.delete(id);
          missedSince.delete(id);
        }
      }
    },
  };
}
