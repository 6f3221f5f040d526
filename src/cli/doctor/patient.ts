/** What the checks are handed: everything that can be known without making or changing anything. */
import type { Clock } from '../../base/clock.ts';
import { systemClock } from '../../base/clock.ts';
import { type ErrorCode, isDomainError } from '../../base/errors.ts';
import type { Config } from '../../config/schema.ts';
import { roleGrants } from '../../core/access/role-grant.ts';
import { auditEvents } from '../../core/audit/event.ts';
import { revocationLists } from '../../core/certificates/revocation-list.ts';
import { connections } from '../../core/connections/connection.ts';
import { credentials } from '../../core/credentials/credential.ts';
import { masterKeyUses } from '../../core/keys/master-key-use.ts';
import { keyRing } from '../../core/keys/ring.ts';
import { notices } from '../../core/notices/notice.ts';
import type { Edges } from '../../ground.ts';
import { everyCollection } from '../../ground.ts';
import type { OpenedFile, StoreFiles } from '../../store/files.ts';
import { storeFilesOf, storeSetOf } from '../../store/open.ts';
import type { Store } from '../../store/port.ts';
import type { OpenedSet, SetStanding, StoreSet } from '../../store/set.ts';
import { type PresentMasterKey, presentMasterKey } from '../present-master-key.ts';

export interface Patient {
  readonly config: Config;
  readonly clock: Clock;
  readonly edges: Edges;
  readonly masterKey: PresentMasterKey;
  /** Undefined where records lie in no file. */
  readonly files: StoreFiles | undefined;
  readonly opened: OpenedFile | undefined;
  /** Undefined where records lie on no set of servers. */
  readonly set: ExaminedSet | undefined;
  /** Undefined where they cannot be read. */
  readonly records: Records | undefined;
  /** Certificates to trust besides Node's, in tests. */
  readonly ca?: readonly string[];
}

export interface ExaminedSet {
  readonly name: string;
  readonly standing: SetStanding;
  readonly opened?: OpenedSet;
  /** Why its records could not be opened, where the standing gives no reason. */
  readonly refused?: ErrorCode;
}

/** Of either engine, for reading. */
export interface Records {
  readonly store: Store;
  /** False for a store that the next start will bring up to date. */
  readonly isLayoutPresent: boolean;
  /** Of every collection in it; one that is not there is not in it. */
  counts(): Readonly<Record<string, number>>;
}

/** A patient whose store could be opened. */
export interface OpenPatient extends Patient {
  readonly file: Records;
}

const collections = [
  auditEvents,
  connections,
  credentials,
  keyRing,
  masterKeyUses,
  notices,
  revocationLists,
  roleGrants,
];

export async function admit(config: Config, edges: Edges): Promise<Patient> {
  const clock = edges.clock ?? systemClock;
  const files = storeFilesOf(config.store.url);
  const masterKey = presentMasterKey(config.keys.directory);
  const opened = files?.openStore({ collections, clock });
  const storeSet = storeSetOf(config.store);
  const set = storeSet && (await examineSet(storeSet, clock));
  const records = opened?.kind === 'opened' ? opened.file : set && recordsIn(set);
  return { config, clock, edges, masterKey, files, opened, set, records };
}

async function examineSet(set: StoreSet, clock: Clock): Promise<ExaminedSet> {
  const standing = await set.standing(everyCollection);
  const { name } = set;
  // Records are read where a primary answers and lets us: whatever is wrong short of that is told by the standing.
  const isOurs = standing.members.every((member) => member.set === undefined || member.set === standing.set);
  if (!isOurs || !standing.primary || standing.primary.lacksRights.length > 0) return { name, standing };
  try {
    return { name, standing, opened: await set.openStore(collections, clock) };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { name, standing, refused: error.code };
  }
}

/** Undefined where no node has started on it yet. */
function recordsIn({ standing, opened }: ExaminedSet): Records | undefined {
  if (!opened || opened.counts()[keyRing.name] === undefined) return undefined;
  const isLayoutPresent = standing.primary?.missingIndexes.length === 0;
  return { store: opened.store, counts: () => opened.counts(), isLayoutPresent };
}

export async function discharge({ opened, set }: Patient): Promise<void> {
  if (opened?.kind === 'opened') opened.file.close();
  await set?.opened?.close();
}
