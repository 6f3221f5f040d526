/** Digests of codes under keys of a ring that is in no store. */
import { createSecretKey } from 'node:crypto';
import { type CodeDigest, codeDigest } from '../../src/core/credentials/code-digest.ts';
import type { OpenedKey } from '../../src/core/keys/ring.ts';

export const sampleDigestKey = (fill: number, wishes: Partial<OpenedKey> = {}): OpenedKey => ({
  id: 'code-digest-hs256-1',
  use: 'code-digest',
  algorithm: 'HS256',
  state: 'active',
  createdAt: 0,
  since: 0,
  serial: 1,
  sealed: '',
  key: createSecretKey(Buffer.alloc(32, fill)),
  ...wishes,
});

export function sampleCodeDigest(...keys: readonly OpenedKey[]): CodeDigest {
  const edition = { version: '1', keys: keys.length > 0 ? keys : [sampleDigestKey(1)] };
  return codeDigest({ current: () => edition, refresh: async () => edition });
}
