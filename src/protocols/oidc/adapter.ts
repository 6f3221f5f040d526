/**
 * oidc-provider's adapter over the store port. Ids are hashed on the way in and restored on the way out; `consume` is
 * compare-and-swap, and the loser of a race revokes what the winner got, because one of the two stole it.
 */
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { clockDifference, type Instant } from '../../base/clock.ts';
import { minutes } from '../../base/duration.ts';
import { isDomainError } from '../../base/errors.ts';
import { openUnderId, sealUnderId } from '../../core/keys/seal-under-id.ts';
import type { World } from '../../core/world.ts';
import { insert, remove, replace, type Write } from '../../store/port.ts';
import { type IssuingNode, isBrief, readHere } from './issued-elsewhere.ts';
import { type OidcRecord, oidcRecordId, oidcRecords } from './record.ts';
import { isResumed, resumedPrompt } from './resumed.ts';
import { revokeGrant } from './revoke-grant.ts';
import { sealedAdapter } from './sealed-adapter.ts';
import type { Sealing } from './sealed-value.ts';

/**
 * Records that oidc-provider writes again under the same id; all others are written once. A grant that is widened is
 * written by entry.ts: written here, without its version, one that was revoked in between would come back to life.
 */
const rewritten = new Set(['Interaction']);

/**
 * The payload says itself when it ends; or it keeps a thing from being used twice, and must outlast that thing by the clock of
 * every node, whichever sweeps.
 */
const isWatched = (model: string): boolean => isBrief(model) || model === 'ReplayDetection';

export function adapterFor(world: World, sealing: Sealing, here: IssuingNode) {
  return (model: string): Adapter => {
    const records = recordAdapter(world, model, here);
    const isSealedModel = model === 'AuthorizationCode' || model === 'AccessToken';
    return isSealedModel ? sealedAdapter({ world, sealing, here }, model, records) : records;
  };
}

function recordAdapter(world: World, model: string, here: IssuingNode): Adapter {
  const { store, clock } = world;
  const idOf = (id: string) => oidcRecordId(model, id);

  return {
    async upsert(id, payload, expiresIn) {
      const record: OidcRecord = {
        id: idOf(id),
        payload: stripped(id, payload),
        ...(typeof payload.grantId === 'string' ? { grantId: payload.grantId } : {}),
        ...(typeof payload.accountId === 'string' ? { accountId: payload.accountId } : {}),
        ...(expiresIn ? { expiresAt: endOf(model, clock.now(), expiresIn) } : {}),
        ...(isBrief(model) ? { node: here.name } : {}),
      };
      const writes: Write[] = rewritten.has(model) ? [remove(oidcRecords, record.id)] : [];
      try {
        await store.commit([...writes, insert(oidcRecords, record)]);
      } catch (error) {
        // A second assertion with the same jti, at the same moment: the first one has it (RFC 7523, 3).
        if (model === 'ReplayDetection' && isDomainError(error, 'store.duplicate')) {
          throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
        }
        throw error;
      }
    },

    async find(id) {
      const record = await store.get(oidcRecords, idOf(id));
      const payload = record && restored(id, record);
      return payload && isBrief(model) ? readHere(payload, record.node, here, clock.now()) : payload;
    },

    // Of sessions only, which have no record (derived-session.ts).
    findByUid: () => Promise.resolve(undefined),
    findByUserCode: () => Promise.resolve(undefined),

    async consume(id) {
      const record = await store.get(oidcRecords, idOf(id));
      try {
        if (!record || record.consumed !== undefined) throw new errors.InvalidGrant('already used');
        await store.commit([replace(oidcRecords, { ...record, consumed: Math.floor(clock.now() / 1000) })]);
      } catch (error) {
        if (!isDomainError(error, 'store.conflict') && !(error instanceof errors.InvalidGrant)) throw error;
        if (record?.grantId) await revokeGrant(world, record.grantId);
        throw new errors.InvalidGrant('already used');
      }
    },

    async destroy(id) {
      if (model === 'Interaction') return resumed(world, idOf(id));
      await store.commit([remove(oidcRecords, idOf(id))]);
    },

    revokeByGrantId: (grantId) => revokeGrant(world, grantId),
  };
}

/** An assertion says itself when it ends: in fractions of a second (RFC 7519, 2 "NumericDate"), or beyond all time. */
function endOf(model: string, now: Instant, expiresInSeconds: number): Instant {
  const end = Math.ceil(now + expiresInSeconds * 1000 + (isWatched(model) ? clockDifference : 0));
  return Math.min(end, Number.MAX_SAFE_INTEGER);
}

/** Long enough for a browser to ask again, or a person to reload, when a node died before its answer was there. */
const lingering = minutes(1);

/**
 * An interaction that has been resumed can be resumed again for a moment, by the browser that holds its cookie and in the same
 * session: the answer with the code may have been lost. An answer that arrives takes the cookie with it.
 */
async function resumed({ store, clock }: World, id: string): Promise<void> {
  const record = await store.get(oidcRecords, id);
  if (!record || isResumed(record.payload)) return;
  const expiresAt = Math.min(record.expiresAt ?? Number.POSITIVE_INFINITY, clock.now() + lingering);
  const payload = { ...record.payload, prompt: resumedPrompt };
  try {
    await store.commit([replace(oidcRecords, { ...record, payload, expiresAt })]);
  } catch (error) {
    // Somebody resumed it at the same moment.
    if (!isDomainError(error, 'store.conflict')) throw error;
  }
}

/** `returnTo` spells the id of an interaction, `parJti` that of the pushed request behind it; neither may lie here. */
function stripped(id: string, { jti: _jti, ...payload }: AdapterPayload): Record<string, unknown> {
  return {
    ...payload,
    ...(payload.returnTo === undefined ? {} : { returnTo: payload.returnTo.replaceAll(id, idPlace) }),
    ...(payload.parJti === undefined ? {} : { parJti: sealUnderId(id, String(payload.parJti)) }),
  };
}

const idPlace = '{id}';

function restored(id: string, { payload, consumed }: OidcRecord): AdapterPayload {
  const { returnTo, parJti } = payload;
  return {
    ...payload,
    jti: id,
    ...(typeof returnTo === 'string' ? { returnTo: returnTo.replaceAll(idPlace, id) } : {}),
    ...(typeof parJti === 'string' ? { parJti: openUnderId(id, parJti) } : {}),
    ...(consumed === undefined ? {} : { consumed }),
  };
}
