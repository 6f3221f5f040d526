/**
 * Values that a record must give back to whoever presents its id, and that nobody may read in a copy of the database: sealed
 * under the id itself, of which the store holds only the digest. Whoever presents the id opens the record; nobody else.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';

const algorithm = 'aes-256-gcm';

/** The id has 128 random bits or more; its digest, which is stored, is another function of it and tells nothing of this. */
const keyOf = (id: string): Buffer => Buffer.from(hkdfSync('sha256', id, '', 'sealed under this id', 32));

/** Made of the value: one key seals few values, and two different ones never under the same nonce. */
const nonceOf = (value: string): Buffer => createHash('sha256').update(value).digest().subarray(0, 12);

export function sealUnderId(id: string, value: string): string {
  const nonce = nonceOf(`${id} ${value}`);
  const cipher = createCipheriv(algorithm, keyOf(id), nonce);
  const body = Buffer.concat([nonce, cipher.update(value), cipher.final(), cipher.getAuthTag()]);
  return body.toString('base64url');
}

/** Throws when it was sealed under another id, or altered. */
export function openUnderId(id: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(algorithm, keyOf(id), bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
}
