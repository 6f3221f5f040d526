import { beforeAll, describe, expect, it } from '@jest/globals';
import type { SamlSettings } from '../../../src/core/connections/saml-settings.ts';
import { type OpenedKey, openRing, type RingState } from '../../../src/core/keys/ring.ts';
import { activeSigner, signerFor } from '../../../src/protocols/saml/signing-key.ts';
import { openWorld, sampleTurning } from '../../core/fresh-world.ts';

let ring: readonly OpenedKey[];
beforeAll(async () => {
  const { world } = await openWorld();
  ring = await openRing(world, sampleTurning());
});

const rsa = 'saml-signing-rs256-1';
const older = 'saml-signing-rs256-0';
/** With a second key of RSA in this state. */
const ringWith = (state: RingState): readonly OpenedKey[] => {
  const active = ring.filter(({ id }) => id === rsa).map((key) => ({ ...key, id: older, state }));
  return [...active, ...ring];
};
const connection = (saml: Partial<SamlSettings>) => ({
  saml: { signatureAlgorithm: 'rsa-sha256', ...saml } as SamlSettings,
});

describe('the key that signs for a service', () => {
  it('is the active one of its algorithm, with its certificate', () => {
    const signer = signerFor(ring, connection({}));
    const record = ring.find(({ id }) => id === rsa);
    expect(signer).toEqual({
      id: rsa,
      key: record?.key,
      certificate: record?.certificate?.der,
      algorithm: 'rsa-sha256',
    });
    expect(signerFor(ring, connection({ signatureAlgorithm: 'ecdsa-sha256' }))).toMatchObject({
      id: 'saml-signing-es256-1',
      algorithm: 'ecdsa-sha256',
    });
  });

  it('is the one that the connection pins, also when it signs for nobody else any more', () => {
    const pinned = connection({ pinnedKey: older });
    expect(signerFor(ringWith('retiring'), pinned).id).toBe(older);
    expect(signerFor(ringWith('next'), pinned).id).toBe(older);
    expect(signerFor(ringWith('retiring'), connection({})).id).toBe(rsa);
  });

  it('is the active one where the pinned one had to go', () => {
    expect(signerFor(ringWith('gone'), connection({ pinnedKey: older })).id).toBe(rsa);
    expect(signerFor(ring, connection({ pinnedKey: older })).id).toBe(rsa);
  });

  it('is never one of another use', () => {
    expect(signerFor(ring, connection({ pinnedKey: 'token-signing-rs256-1' })).id).toBe(rsa);
    const others = ring.filter(({ use }) => use !== 'saml-signing');
    expect(() => activeSigner(others)).toThrow('no active SAML key');
  });
});
