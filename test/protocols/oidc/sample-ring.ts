/**
 * A ring with an active key for each of the algorithms that services may choose, behind one that only verifies any more.
 * Made once: keys take their time.
 */
import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import type { RingAlgorithm } from '../../../src/core/keys/forge.ts';
import type { LiveRing } from '../../../src/core/keys/live-ring.ts';
import type { OpenedKey, RingUse } from '../../../src/core/keys/ring.ts';
import { startInstant } from '../../core/sample-records.ts';

const openedKey = (use: RingUse, algorithm: RingAlgorithm, key: OpenedKey['key']): OpenedKey => ({
  id: `${use}-${algorithm}-1`,
  use,
  algorithm,
  state: 'active',
  createdAt: startInstant,
  since: startInstant,
  serial: 1,
  sealed: '',
  key,
});

const rsaKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

const keys: readonly OpenedKey[] = [
  { ...openedKey('token-signing', 'RS256', rsaKey()), id: 'retiring', state: 'retiring' },
  openedKey('token-signing', 'RS256', rsaKey()),
  openedKey('token-signing', 'ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey),
  openedKey('token-signing', 'EdDSA', generateKeyPairSync('ed25519').privateKey),
  openedKey('pairwise', 'HS256', createSecretKey(Buffer.alloc(32, 7))),
];

export const sampleRing: LiveRing = {
  current: () => ({ version: '1', keys }),
  refresh: async () => sampleRing.current(),
};
