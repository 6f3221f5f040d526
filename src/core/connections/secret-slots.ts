/**
 * The secrets of a connection over time: made, taken over from elsewhere, turned. A secret is told once, by the act that
 * makes it; the record keeps its SHA-256.
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import type { World } from '../world.ts';
import type { OidcEntry } from './oidc-document.ts';
import type { OidcSettings, SecretSlot } from './oidc-settings.ts';

export interface PlannedSecrets {
  readonly slots: readonly SecretSlot[];
  /** To be shown once and kept nowhere. */
  readonly secret?: string;
}

export const usesSecret = ({ authentication }: Pick<OidcSettings, 'authentication'>): boolean =>
  authentication === 'client_secret_basic' || authentication === 'client_secret_post';

export const isCurrent = ({ expiresAt }: SecretSlot, now: Instant): boolean =>
  expiresAt === undefined || now < expiresAt;

/**
 * What an imported entry makes of the secrets in use; `missing` when the connection could never authenticate. `generate`
 * makes one only where there is none, so that the same document can be imported again. `known`: those that have not run out.
 */
export function planSecrets(world: World, entry: OidcEntry, known: readonly SecretSlot[]): PlannedSecrets | 'missing' {
  if (!usesSecret(entry)) return { slots: [] };
  const { secret } = entry;
  const now = world.clock.now();
  if (secret?.kind === 'digests') {
    const createdAt = (digest: string) => known.find((slot) => slot.digest === digest)?.createdAt ?? now;
    return { slots: secret.slots.map((slot) => ({ ...slot, createdAt: createdAt(slot.digest) })) };
  }
  if (known.length > 0) return { slots: known };
  return secret === undefined ? 'missing' : newSecret(world);
}

/** A new secret beside the newest of the old ones, which ends after `overlap` milliseconds, or sooner if it was to. */
export function planRotation(world: World, known: readonly SecretSlot[], overlap: number): Required<PlannedSecrets> {
  const now = world.clock.now();
  const current = known.filter((slot) => isCurrent(slot, now));
  // Of two made at the same instant the later one in the list: a new secret is written behind the old.
  const newest = current.sort((left, right) => left.createdAt - right.createdAt).at(-1);
  const { slots, secret } = newSecret(world);
  if (newest === undefined || overlap === 0) return { slots, secret };
  const ending = { ...newest, expiresAt: Math.min(newest.expiresAt ?? Number.POSITIVE_INFINITY, now + overlap) };
  return { slots: [ending, ...slots], secret };
}

function newSecret({ ids, clock }: World): Required<PlannedSecrets> {
  const secret = ids.token();
  return { slots: [{ digest: digestOf(secret), createdAt: clock.now() }], secret };
}
