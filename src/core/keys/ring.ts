/**
 * The key ring: the keys with which this installation signs, kept in the store, private parts sealed under the master
 * key. All nodes see the same ring. A key goes next → active → retiring → gone; today the ring is made on first start.
 */
import { createPrivateKey, createSecretKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Instant } from '../../base/clock.ts';
import { isDomainError } from '../../base/errors.ts';
import { type Collection, insert, type Write } from '../../store/port.ts';
import type { World } from '../world.ts';
import type { MasterKey } from './master-key.ts';
import { seal, unseal } from './seal.ts';

/**
 * `token-signing` and `audit-signing` are asymmetric; the other two are 256 random bits. `pairwise` never turns: subjects
 * hang on it. The record of an `audit-signing` key is never removed: what it signed is verified for as long as it is kept.
 */
export type RingUse = 'token-signing' | 'cookie-signing' | 'pairwise' | 'audit-signing';
export type RingAlgorithm = 'RS256' | 'ES256' | 'EdDSA' | 'HS256';
export type RingState = 'next' | 'active' | 'retiring' | 'gone';

export interface RingKey {
  readonly id: string;
  readonly use: RingUse;
  readonly algorithm: RingAlgorithm;
  readonly state: RingState;
  readonly createdAt: Instant;
  /** PKCS#8 in DER for asymmetric keys, raw bytes for symmetric ones, sealed. */
  readonly sealed: string;
}

export interface OpenedKey extends RingKey {
  readonly key: KeyObject;
}

export const keyRing: Collection<RingKey> = {
  name: 'keyRing',
  indexes: [{ name: 'byUse', fields: ['use', 'createdAt'] }],
};

const firstKeys: readonly (readonly [RingUse, RingAlgorithm])[] = [
  ['token-signing', 'RS256'],
  ['token-signing', 'ES256'],
  ['token-signing', 'EdDSA'],
  ['cookie-signing', 'HS256'],
  ['pairwise', 'HS256'],
  ['audit-signing', 'EdDSA'],
];

const generate = promisify(generateKeyPair);

async function newKeyMaterial(algorithm: RingAlgorithm, world: World): Promise<Buffer> {
  if (algorithm === 'HS256') return world.ids.bytes(32);
  const pair =
    algorithm === 'RS256'
      ? await generate('rsa', { modulusLength: 2048 })
      : algorithm === 'ES256'
        ? await generate('ec', { namedCurve: 'P-256' })
        : await generate('ed25519');
  return pair.privateKey.export({ type: 'pkcs8', format: 'der' });
}

/** Opens the ring; makes what the store lacks, all of it or a use that a newer version added. Safe when several processes start at once on one store. */
export async function openRing(world: World, masterKey: MasterKey): Promise<readonly OpenedKey[]> {
  const found = await readRing(world, masterKey);
  const missing = firstKeys.filter(([use]) => !found.some((key) => key.use === use));
  if (missing.length === 0) return found;
  const now = world.clock.now();
  const writes: Write[] = [];
  for (const [use, algorithm] of missing) {
    const material = await newKeyMaterial(algorithm, world);
    // The first key of a use has a fixed id, so that the loser of a race on an empty store meets `store.duplicate`.
    const id = `first-${use}-${algorithm}`.toLowerCase();
    const sealed = seal(masterKey, 'private-keys', world.ids, id, material);
    writes.push(insert(keyRing, { id, use, algorithm, state: 'active', createdAt: now, sealed }));
  }
  try {
    await world.store.commit(writes);
  } catch (error) {
    if (!isDomainError(error, 'store.duplicate')) throw error;
  }
  return readRing(world, masterKey);
}

async function readRing({ store }: World, masterKey: MasterKey): Promise<readonly OpenedKey[]> {
  const uses: readonly RingUse[] = ['token-signing', 'cookie-signing', 'pairwise', 'audit-signing'];
  const pages = await Promise.all(uses.map((use) => store.find(keyRing, { index: 'byUse', equals: [use] })));
  return pages
    .flatMap(({ records }) => records)
    .filter(({ state }) => state !== 'gone')
    .map((record) => ({ ...record, key: openKey(record, masterKey) }));
}

function openKey(record: RingKey, masterKey: MasterKey): KeyObject {
  const material = unseal(masterKey, 'private-keys', record.id, record.sealed);
  if (record.algorithm === 'HS256') return createSecretKey(material);
  return createPrivateKey({ key: material, format: 'der', type: 'pkcs8' });
}

/** @throws Error when the ring lacks the use: a ring is made whole, so that would be a bug. */
export function activeKey(ring: readonly OpenedKey[], use: RingUse): OpenedKey {
  const key = ring.find((candidate) => candidate.use === use && candidate.state === 'active');
  if (!key) throw new Error(`the key ring has no active ${use} key`);
  return key;
}
