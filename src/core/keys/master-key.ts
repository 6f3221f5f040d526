/**
 * The one secret outside the store. It encrypts nothing itself: every purpose has a subkey of its own, derived by
 * HKDF-SHA-256 (RFC 5869), so that a value sealed for one purpose cannot be opened or matched for another.
 */
import { createHash, hkdfSync } from 'node:crypto';
import { DomainError } from '../../base/errors.ts';

export type KeyPurpose =
  | 'attempts'
  | 'certificate-reports'
  | 'factors'
  | 'passkey-challenges'
  | 'posted-requests'
  | 'private-keys'
  | 'form-tokens'
  | 'throttle'
  | 'known-browsers'
  | 'notices';

export interface MasterKey {
  /** Names the key in every ciphertext and MAC, so that a rotation knows what is left to do. */
  readonly id: string;
  subkey(purpose: KeyPurpose): Buffer;
  /** The key of that name, this one or another at hand. Where it was not met before, it is looked for. */
  named(id: string): MasterKey | undefined;
  /** As `named`, without looking: visitors hand in names of keys, and are not to make us read the disk. */
  known(id: string): MasterKey | undefined;
}

/** One key that knows of no other. */
export function masterKeyOf(bytes: Buffer): MasterKey {
  if (bytes.length !== 32) throw new DomainError('key.unreadable', { reason: 'master key must be 32 bytes' });
  const id = createHash('sha256').update('sekisho master key id').update(bytes).digest('base64url').slice(0, 8);
  const derived = new Map<KeyPurpose, Buffer>();
  const self: MasterKey = {
    id,
    subkey(purpose) {
      const known = derived.get(purpose);
      if (known) return known;
      const subkey = Buffer.from(hkdfSync('sha256', bytes, '', `sekisho/${purpose}`, 32));
      derived.set(purpose, subkey);
      return subkey;
    },
    named: (name) => (name === id ? self : undefined),
    known: (name) => (name === id ? self : undefined),
  };
  return self;
}
