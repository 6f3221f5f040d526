/**
 * The key ring: the keys with which this installation signs, kept in the store, private parts sealed under the master
 * key. All nodes see the same ring. A key goes next → active → retiring → gone (plan-rotation.ts says when).
 */
import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import type { Instant } from '../../base/clock.ts';
import { isDomainError } from '../../base/errors.ts';
import { type Collection, insert, type Stored } from '../../store/port.ts';
import type { World } from '../world.ts';
import { type CertificateRule, forgeKey, type RingAlgorithm, type RingCertificate } from './forge.ts';
import type { MasterKey } from './master-key.ts';
import { seal, unseal } from './seal.ts';

/**
 * The three `…-signing` of tokens, SAML and audit are asymmetric; the others are 256 random bits. `pairwise` never turns:
 * subjects hang on it; nor does `code-digest`, since nobody knows the codes of which it made digests. The record of an
 * `audit-signing` key is never removed: what it signed is verified for as long as it is kept.
 */
export type RingUse =
  | 'token-signing'
  | 'cookie-signing'
  | 'token-sealing'
  | 'saml-signing'
  | 'pairwise'
  | 'code-digest'
  | 'audit-signing';
export type RingState = 'next' | 'active' | 'retiring' | 'gone';

export interface RingKey {
  readonly id: string;
  readonly use: RingUse;
  readonly algorithm: RingAlgorithm;
  readonly state: RingState;
  readonly createdAt: Instant;
  /** When it came into its present state. */
  readonly since: Instant;
  /** Counts the keys of one use and algorithm from 1. Two nodes that make the next one at once make the same id. */
  readonly serial: number;
  /** PKCS#8 in DER for asymmetric keys, raw bytes for symmetric ones, sealed. */
  readonly sealed: string;
  /** Of `saml-signing` keys; public. */
  readonly certificate?: RingCertificate;
}

/** What a new key is made with. */
export interface ForgeMeans {
  readonly masterKey: MasterKey;
  readonly certificates: CertificateRule;
}

export interface OpenedKey extends RingKey {
  readonly key: KeyObject;
}

/** The keys of one use and algorithm turn together, apart from all others. */
export interface RingPlace {
  readonly use: RingUse;
  readonly algorithm: RingAlgorithm;
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
  ['token-sealing', 'HS256'],
  ['saml-signing', 'RS256'],
  ['saml-signing', 'ES256'],
  ['pairwise', 'HS256'],
  ['code-digest', 'HS256'],
  ['audit-signing', 'EdDSA'],
];

/** Opens the ring; makes what the store lacks, all of it or a use that a newer version added. Safe when several processes start at once on one store. */
export async function openRing(world: World, means: ForgeMeans): Promise<readonly OpenedKey[]> {
  const { masterKey } = means;
  const found = await readRing(world, masterKey);
  const missing = firstKeys.filter(
    ([use, algorithm]) => !found.some((key) => key.use === use && key.algorithm === algorithm),
  );
  if (missing.length === 0) return found;
  const made = await Promise.all(
    missing.map(([use, algorithm]) => makeKey(world, means, { use, algorithm, serial: 1 }, 'active')),
  );
  try {
    await world.store.commit(made.map((key) => insert(keyRing, key)));
  } catch (error) {
    if (!isDomainError(error, 'store.duplicate')) throw error;
  }
  return readRing(world, masterKey);
}

/** A new key; its id is the same whoever makes it, so that the loser of a race meets `store.duplicate`. */
export async function makeKey(
  world: World,
  { masterKey, certificates }: ForgeMeans,
  { use, algorithm, serial }: RingPlace & Pick<RingKey, 'serial'>,
  state: RingState,
): Promise<RingKey> {
  const id = `${use}-${algorithm}-${serial}`.toLowerCase();
  const now = world.clock.now();
  const { secret, certificate } = await forgeKey(
    { algorithm, isCertified: use === 'saml-signing' },
    certificates,
    world,
  );
  const sealed = seal(masterKey, 'private-keys', world.ids, id, secret);
  const made = { id, use, algorithm, state, serial, createdAt: now, since: now, sealed };
  return certificate ? { ...made, certificate } : made;
}

/** Every key that is not gone, opened. @throws DomainError `key.unreadable` when its master key is not at hand. */
export async function readRing({ store }: World, masterKey: MasterKey): Promise<readonly OpenedKey[]> {
  const records = await readKeys(store);
  return records
    .filter(({ state }) => state !== 'gone')
    .map((record) => ({ ...record, key: openKey(record, masterKey) }));
}

/** Every key record, those that are gone too. */
export async function readKeys(store: World['store']): Promise<readonly Stored<RingKey>[]> {
  const uses = [...new Set(firstKeys.map(([use]) => use))];
  const pages = await Promise.all(
    uses.map((use) => store.find(keyRing, { index: 'byUse', equals: [use], limit: 1000 })),
  );
  return pages.flatMap(({ records }) => records);
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
