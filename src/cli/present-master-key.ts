/** The master key that is there. Where there is none, none is made: for verbs that look at an installation, or mend one. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDomainError } from '../base/errors.ts';
import { systemIds } from '../base/ids.ts';
import { loadMasterKey, type MasterKey } from '../core/keys/master-key.ts';

export type PresentMasterKey =
  | { readonly kind: 'present'; readonly key: MasterKey }
  | { readonly kind: 'absent' | 'unreadable' };

export const masterKeyFile = (directory: string): string => join(directory, 'master.key');

export async function presentMasterKey(directory: string): Promise<PresentMasterKey> {
  if (!existsSync(masterKeyFile(directory))) return { kind: 'absent' };
  try {
    return { kind: 'present', key: await loadMasterKey(directory, systemIds) };
  } catch (error) {
    if (isDomainError(error, 'key.unreadable')) return { kind: 'unreadable' };
    throw error;
  }
}
