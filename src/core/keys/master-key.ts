/**
 * The one secret outside the store. It encrypts nothing itself: every purpose has a subkey of its own, derived by
 * HKDF-SHA-256 (RFC 5869), so that a value sealed for one purpose cannot be opened or matched for another.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';

export type KeyPurpose = 'private-keys' | 'form-tokens' | 'throttle' | 'known-browsers' | 'setup-links' | 'notices';

export interface MasterKey {
  /** Names the key in every ciphertext and MAC, so that a rotation knows what is left to do. */
  readonly id: string;
  subkey(purpose: KeyPurpose): Buffer;
}

const fileName = 'master.key';

export function masterKeyOf(bytes: Buffer): MasterKey {
  if (bytes.length !== 32) throw new DomainError('key.unreadable', { reason: 'master key must be 32 bytes' });
  const id = createHash('sha256').update('sekisho master key id').update(bytes).digest('base64url').slice(0, 8);
  const derived = new Map<KeyPurpose, Buffer>();
  return {
    id,
    subkey(purpose) {
      const known = derived.get(purpose);
      if (known) return known;
      const subkey = Buffer.from(hkdfSync('sha256', bytes, '', `sekisho/${purpose}`, 32));
      derived.set(purpose, subkey);
      return subkey;
    },
  };
}

/**
 * Reads `<directory>/master.key` (32 bytes in base64url), or makes it, readable by its owner only.
 * @throws DomainError `key.unreadable` when the file is there but holds no key.
 */
export async function loadMasterKey(directory: string, ids: Ids): Promise<MasterKey> {
  const path = join(directory, fileName);
  try {
    return masterKeyOf(Buffer.from((await readFile(path, 'utf8')).trim(), 'base64url'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error instanceof DomainError ? error : new DomainError('key.unreadable', { path }, error);
    }
  }
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const bytes = ids.bytes(32);
  const draft = `${path}.${ids.id()}`;
  try {
    const file = await open(draft, 'wx', 0o600);
    await file.writeFile(`${bytes.toString('base64url')}\n`);
    await file.sync();
    await file.close();
    // Named only when it is whole: of two processes that start at once one names its key, the other reads all of it.
    await link(draft, path);
    return masterKeyOf(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return loadMasterKey(directory, ids);
    throw new DomainError('key.unreadable', { path }, error);
  } finally {
    await rm(draft, { force: true });
  }
}
