/** A ring with nothing in it but keys for sealing: one for each state named, numbered from 1. */
import { createSecretKey } from 'node:crypto';
import type { OpenedKey, RingState } from '../../../src/core/keys/ring.ts';

export const sampleSealingRing = (states: readonly RingState[] = ['active']): readonly OpenedKey[] =>
  states.map((state, index) => ({
    id: `token-sealing-hs256-${index + 1}`,
    use: 'token-sealing',
    algorithm: 'HS256',
    state,
    serial: index + 1,
    createdAt: 0,
    since: 0,
    sealed: '',
    key: createSecretKey(Buffer.alloc(32, index + 1)),
  }));
