/** What the checks are handed: everything that can be known without making or changing anything. */
import type { Clock } from '../../base/clock.ts';
import { systemClock } from '../../base/clock.ts';
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
import type { OpenedFile, StoreFile, StoreFiles } from '../../store/files.ts';
import { storeFilesOf } from '../../store/open.ts';
import { type PresentMasterKey, presentMasterKey } from '../present-master-key.ts';

export interface Patient {
  readonly config: Config;
  readonly clock: Clock;
  readonly edges: Edges;
  readonly masterKey: PresentMasterKey;
  /** Undefined where records lie in no file. */
  readonly files: StoreFiles | undefined;
  readonly opened: OpenedFile | undefined;
  /** Certificates to trust besides Node's, in tests. */
  readonly ca?: readonly string[];
}

/** A patient whose store could be opened. */
export interface OpenPatient extends Patient {
  readonly file: StoreFile;
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
  return { config, clock, edges, masterKey, files, opened: files?.openStore({ collections, clock }) };
}

export function discharge({ opened }: Patient): void {
  if (opened?.kind === 'opened') opened.file.close();
}
