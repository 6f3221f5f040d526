/** A response that waits to be fetched. Whoever presents the artifact opens it, once; nobody else does. */
import { clockDifference, type Instant } from '../../../base/clock.ts';
import { digestOf } from '../../../base/digest.ts';
import { isDomainError } from '../../../base/errors.ts';
import { openUnderId, sealUnderId } from '../../../core/keys/seal-under-id.ts';
import type { World } from '../../../core/world.ts';
import { type Collection, insert, remove } from '../../../store/port.ts';
import { newArtifact, writeArtifact } from '../bindings/artifact.ts';
import type { CanonicalXml } from '../xml/write.ts';

interface KeptResponse {
  /** SHA-256 of the artifact. */
  readonly id: string;
  readonly connectionId: string;
  readonly sealed: string;
  readonly expiresAt: Instant;
}

export const keptResponses: Collection<KeptResponse> = {
  name: 'samlKeptResponses',
  indexes: [],
  expiresAt: 'expiresAt',
};

export interface Keeping {
  readonly issuer: string;
  readonly connectionId: string;
  /** Milliseconds. */
  readonly lifetime: number;
}

/** The one resolution service that there is. */
const endpointIndex = 0;

/** @returns the artifact, for the browser and nowhere else. */
export async function keepResponse(world: World, xml: CanonicalXml, keeping: Keeping): Promise<string> {
  const { issuer, connectionId, lifetime } = keeping;
  const artifact = writeArtifact(newArtifact(issuer, endpointIndex, world.ids));
  // Asked for at another node, it is there for as long as was promised.
  const expiresAt = world.clock.now() + lifetime + clockDifference;
  const kept = { id: digestOf(artifact), connectionId, sealed: sealUnderId(artifact, xml), expiresAt };
  await world.store.commit([insert(keptResponses, kept)]);
  return artifact;
}

/** Undefined where there is none for this service, or no more: also for the loser of two who ask at once. */
export async function takeResponse(
  { store }: World,
  artifact: string,
  connectionId: string,
): Promise<CanonicalXml | undefined> {
  const kept = await store.get(keptResponses, digestOf(artifact));
  // Bindings 3.6.6: another service that has got hold of the handle gets nothing, and does not use it up either.
  if (kept?.connectionId !== connectionId) return undefined;
  try {
    await store.commit([remove(keptResponses, kept.id, kept.version)]);
  } catch (error) {
    if (!isDomainError(error, 'store.conflict')) throw error;
    return undefined;
  }
  return openUnderId(artifact, kept.sealed) as CanonicalXml;
}
