/**
 * Authenticated encryption and keyed digests under subkeys of the master key. Every sealed text and MAC names the
 * master key it belongs to, and is bound to the record it lies in, so that a copy into another record does not open.
 */
import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import { isSameText } from '../../base/digest.ts';
import { DomainError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import type { KeyPurpose, MasterKey } from './master-key.ts';

const algorithm = 'aes-256-gcm';

/** AES-256-GCM; `recordId` is the associated data. Form: `<key id>.<nonce>.<ciphertext and tag>`. */
export function seal(key: MasterKey, purpose: KeyPurpose, ids: Ids, recordId: string, plain: Buffer): string {
  const nonce = ids.bytes(12);
  const cipher = createCipheriv(algorithm, key.subkey(purpose), nonce).setAAD(Buffer.from(recordId));
  const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `${key.id}.${nonce.toString('base64url')}.${body.toString('base64url')}`;
}

/** @throws DomainError `key.unreadable` when the text was sealed under a key that is not at hand, for another record, or altered. */
export function unseal(key: MasterKey, purpose: KeyPurpose, recordId: string, sealed: string): Buffer {
  const [keyId = '', nonce, body] = sealed.split('.');
  const own = key.named(keyId);
  if (!own || !nonce || !body) throw new DomainError('key.unreadable', { recordId, keyId });
  const bytes = Buffer.from(body, 'base64url');
  try {
    const decipher = createDecipheriv(algorithm, own.subkey(purpose), Buffer.from(nonce, 'base64url'))
      .setAAD(Buffer.from(recordId))
      .setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
  } catch (error) {
    throw new DomainError('key.unreadable', { recordId }, error);
  }
}

/** HMAC-SHA-256 over length-prefixed parts, so that ("ab","c") and ("a","bc") differ. Form: `<key id>.<mac>`. */
export function mac(key: MasterKey, purpose: KeyPurpose, ...parts: readonly string[]): string {
  const hmac = createHmac('sha256', key.subkey(purpose));
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:${part}`);
  return `${key.id}.${hmac.digest('base64url')}`;
}

/** Also of one that was made under another of the keys at hand. */
export function isMac(text: string, key: MasterKey, purpose: KeyPurpose, ...parts: readonly string[]): boolean {
  const own = key.known(keyIdOf(text));
  return own !== undefined && isSameText(text, mac(own, purpose, ...parts));
}

/** The name of the master key that a sealed text or MAC belongs to. */
export const keyIdOf = (text: string): string => text.split('.', 1)[0] ?? '';
