/**
 * oidc-provider's adapter over the store port. Ids are hashed on the way in and restored on the way out; `consume` is
 * compare-and-swap, and the loser of a race revokes what the winner got, because one of the two stole it.
 */
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { isDomainError } from '../../base/errors.ts';
import { sessions } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import { insert, remove, replace, type Stored, type Write } from '../../store/port.ts';
import type { Clients } from './client.ts';
import { authorizationsOf } from './entry.ts';
import { type OidcRecord, oidcRecordId, oidcRecords } from './record.ts';
import { openUnderId, sealUnderId } from './seal-under-id.ts';

/**
 * Records that oidc-provider writes again under the same id; all others are written once. A grant that is widened is
 * written by entry.ts: written here, without its version, one that was revoked in between would come back to life.
 */
const rewritten = new Set(['Session', 'Interaction']);

export function adapterFor(world: World, clients: Clients) {
  return (model: string): Adapter => (model === 'Client' ? clientAdapter(clients) : recordAdapter(world, model));
}

/** Connections are read, never written: the registry is the one place where they change. */
function clientAdapter(clients: Clients): Adapter {
  const refuse = () => Promise.reject(new Error('connections are changed in the registry only'));
  return {
    find: (id) => clients.find(id) as Promise<AdapterPayload | undefined>,
    upsert: refuse,
    destroy: refuse,
    consume: refuse,
    revokeByGrantId: refuse,
    findByUid: () => Promise.resolve(undefined),
    findByUserCode: () => Promise.resolve(undefined),
  };
}

function recordAdapter(world: World, model: string): Adapter {
  const { store, clock } = world;
  const idOf = (id: string) => oidcRecordId(model, id);

  return {
    async upsert(id, payload, expiresIn) {
      const record: OidcRecord = {
        id: idOf(id),
        payload: stripped(id, payload),
        ...(typeof payload.grantId === 'string' ? { grantId: payload.grantId } : {}),
        ...(typeof payload.accountId === 'string' ? { accountId: payload.accountId } : {}),
        ...(typeof payload.uid === 'string' ? { uid: payload.uid } : {}),
        ...(typeof payload.ssoSessionId === 'string' ? { ssoSessionId: payload.ssoSessionId } : {}),
        ...(expiresIn ? { expiresAt: clock.now() + expiresIn * 1000 } : {}),
      };
      if (model === 'Session' && (await isAsGood(world, record))) return;
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
      return record && withAuthorizations(world, restored(id, record));
    },

    /** Without its id: what refers to a session by uid may look at it, not act as it. */
    async findByUid(uid) {
      const page = await store.find(oidcRecords, { index: 'byUid', equals: [uid], limit: 1 });
      const [record] = page.records;
      return record && withAuthorizations(world, restored(undefined, record));
    },

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
      await store.commit([remove(oidcRecords, idOf(id))]);
    },

    revokeByGrantId: (grantId) => revokeGrant(world, grantId),
  };
}

/**
 * Which services a shadow session has entered, and under which grants, is said by the session that it is the shadow of,
 * and by nobody else; without that session it is none.
 */
async function withAuthorizations({ store }: World, payload: AdapterPayload): Promise<AdapterPayload | undefined> {
  if (typeof payload.ssoSessionId !== 'string') return payload;
  const session = await store.get(sessions, payload.ssoSessionId);
  return session && { ...payload, authorizations: authorizationsOf(session) };
}

/**
 * oidc-provider saves its session at every request, if only to move its end. The end of ours decides, so a save that
 * changes nothing else, long before the end, is not worth a sync of the disk.
 */
async function isAsGood({ store, clock }: World, record: OidcRecord): Promise<boolean> {
  const known = await store.get(oidcRecords, record.id);
  if (!known?.expiresAt || !record.expiresAt) return false;
  const left = known.expiresAt - clock.now();
  if (left < (record.expiresAt - clock.now()) / 2) return false;
  return withoutTimes(known.payload) === withoutTimes(record.payload);
}

const withoutTimes = ({ iat: _iat, exp: _exp, ...payload }: OidcRecord['payload']): string => JSON.stringify(payload);

/** Everything under the grant, and the grant itself: a token issued a moment later finds no grant and is worthless. */
export async function revokeGrant({ store }: World, grantId: string): Promise<void> {
  const records = await allByGrant(store, grantId);
  const writes = records.map(({ id }) => remove(oidcRecords, id));
  await store.commit([remove(oidcRecords, oidcRecordId('Grant', grantId)), ...writes]);
}

async function allByGrant(store: World['store'], grantId: string): Promise<readonly Stored<OidcRecord>[]> {
  const found: Stored<OidcRecord>[] = [];
  let after: string | undefined;
  do {
    const page = await store.find(oidcRecords, { index: 'byGrant', equals: [grantId], ...(after ? { after } : {}) });
    found.push(...page.records);
    after = page.next;
  } while (after);
  return found;
}

/**
 * `returnTo` spells the id of an interaction, `session.cookie` that of the session it began in, `parJti` that of the
 * pushed request behind it, `state.secret` is what the log-out form carries; none of them may lie here.
 */
function stripped(id: string, { jti: _jti, ...payload }: AdapterPayload): Record<string, unknown> {
  const kept: Record<string, unknown> = { ...payload };
  if (kept.ssoSessionId !== undefined) delete kept.authorizations;
  if (payload.returnTo !== undefined) kept.returnTo = payload.returnTo.replaceAll(id, idPlace);
  if (payload.session !== undefined) {
    const { cookie: _cookie, ...session } = payload.session;
    kept.session = session;
  }
  return withEach(kept, (value) => sealUnderId(id, value));
}

const idPlace = '{id}';

function restored(id: string | undefined, { payload, consumed }: OidcRecord): AdapterPayload {
  const whole: Record<string, unknown> =
    id === undefined ? { ...payload } : { ...withEach(payload, (value) => openUnderId(id, value)), jti: id };
  if (id !== undefined && typeof payload.returnTo === 'string') {
    whole.returnTo = payload.returnTo.replaceAll(idPlace, id);
  }
  if (consumed !== undefined) whole.consumed = consumed;
  return whole as AdapterPayload;
}

/** The payload with `change` applied to what lies sealed in it. */
function withEach(payload: Readonly<Record<string, unknown>>, change: (value: string) => string) {
  const { parJti, state } = payload as { parJti?: string; state?: { secret?: string } };
  return {
    ...payload,
    ...(parJti === undefined ? {} : { parJti: change(parJti) }),
    ...(state?.secret === undefined ? {} : { state: { ...state, secret: change(state.secret) } }),
  };
}
