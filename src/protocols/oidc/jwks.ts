/** The ring's token-signing keys as a private JWK Set (RFC 7517); the active one of each algorithm comes first. */
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';
import type { OpenedKey } from '../../core/keys/ring.ts';

export async function privateJwks(ring: readonly OpenedKey[]): Promise<{ keys: JWK[] }> {
  const signing = ring.filter(({ use }) => use === 'token-signing');
  const ordered = [...signing].sort((a, b) => Number(b.state === 'active') - Number(a.state === 'active'));
  const keys = ordered.map(async ({ key, algorithm }) => {
    const jwk = await exportJWK(key);
    // The names that connections use: oidc-provider offers what the keys name, and EdDSA is what services know (RFC 8037).
    return { ...jwk, use: 'sig', alg: algorithm, kid: await calculateJwkThumbprint(jwk) };
  });
  return { keys: await Promise.all(keys) };
}
