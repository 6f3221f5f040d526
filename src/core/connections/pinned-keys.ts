/** Which keys of the ring connections have pinned: a service that was given a certificate by hand knows no other. */
import type { World } from '../world.ts';
import { allConnections } from './registry.ts';

/** Ids of keys, each with those of the connections that pin it. */
export type PinnedKeys = ReadonlyMap<string, readonly string[]>;

interface Retirable {
  readonly use: string;
  readonly state: string;
}

/** Connections are read only where a key is about to go: there may be ten thousand of them. */
export async function pinnedKeys(world: Pick<World, 'store'>, keys: readonly Retirable[]): Promise<PinnedKeys> {
  if (!keys.some(({ use, state }) => use === 'saml-signing' && state === 'retiring')) return new Map();
  const pinning = (await allConnections(world)).filter(({ saml }) => saml?.pinnedKey !== undefined);
  const byKey = Map.groupBy(pinning, ({ saml }) => saml?.pinnedKey ?? '');
  return new Map([...byKey].map(([key, by]) => [key, by.map(({ id }) => id)]));
}
