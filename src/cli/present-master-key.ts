/** The master keys that are there. Where there is none, none is made: for verbs that look at an installation, or mend one. */
import { join } from 'node:path';
import { isDomainError } from '../base/errors.ts';
import { systemIds } from '../base/ids.ts';
import { firstKeyName, type KeyFile, keyDirectory } from '../core/keys/key-directory.ts';
import { loadMasterKey, type MasterKeys } from '../core/keys/master-keys.ts';

export type PresentMasterKey =
  | { readonly kind: 'present'; readonly key: MasterKeys; readonly files: readonly KeyFile[] }
  | { readonly kind: 'absent' | 'unreadable' };

/** Where the first key lies; for what is said when there is none. */
export const masterKeyFile = (directory: string): string => join(directory, firstKeyName);

export function presentMasterKey(directory: string): PresentMasterKey {
  try {
    const files = keyDirectory(directory).files();
    if (!files.some(({ state }) => state === 'usable')) return { kind: 'absent' };
    return { kind: 'present', key: loadMasterKey(directory, systemIds), files };
  } catch (error) {
    if (isDomainError(error, 'key.unreadable')) return { kind: 'unreadable' };
    throw error;
  }
}
