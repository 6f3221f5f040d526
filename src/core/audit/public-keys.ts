/** The public halves of the keys that sign checkpoints: all that a verifier needs, here or anywhere else. */
import { createPublicKey } from 'node:crypto';
import type { OpenedKey } from '../keys/ring.ts';
import type { AuditKey } from './judge-checkpoints.ts';

/** To be made from a ring that still has its retired keys: what they signed stays. */
export const auditKeysOf = (ring: readonly OpenedKey[]): readonly AuditKey[] =>
  ring.filter(({ use }) => use === 'audit-signing').map(({ id, key }) => ({ id, key: createPublicKey(key) }));

/** As a JWK set (RFC 7517, RFC 8037), to be handed over with an export. */
export const auditJwks = (keys: readonly AuditKey[]) => ({
  keys: keys.map(({ id, key }) => ({ ...key.export({ format: 'jwk' }), kid: id, alg: 'EdDSA', use: 'sig' })),
});
