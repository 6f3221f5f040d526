/**
 * A service is entered: our session names it among its participants, with the `sid` and the grant that all its codes and
 * tokens in this session hang on. The session's record is the one place where that is said, by compare-and-swap: two tabs
 * that enter at the same moment agree on one grant, and what one enters is not lost in what the other writes.
 */
import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import { DomainError, isDomainError } from '../../base/errors.ts';
import { loginHere } from '../../base/trail.ts';
import { auditWrite } from '../../core/audit/event.ts';
import { planEntry, sessionById } from '../../core/sessions/keep.ts';
import type { Participant, Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import { replace, type Stored } from '../../store/port.ts';
import { type OidcRecord, oidcRecordId, oidcRecords } from './record.ts';

/** oidc-provider's view of the same: by client, in its session. */
export type Authorizations = Record<string, { sid: string; grantId: string; persistsLogout?: true }>;

export function authorizationsOf({ participants }: Session): Authorizations {
  // Without a prototype it is a dictionary from the start: V8 would keep a hidden class for every row of services else.
  const authorizations: Authorizations = Object.create(null);
  for (const { protocol, connectionId, handles } of participants) {
    const { sid, grantId, offline } = handles;
    if (protocol !== 'oidc' || sid === undefined || grantId === undefined) continue;
    authorizations[connectionId] = { sid, grantId, ...(offline ? { persistsLogout: true } : {}) };
  }
  return authorizations;
}

type GrantInput = ConstructorParameters<KoaContextWithOIDC['oidc']['provider']['Grant']>[0];

/** As many tabs as a browser restores at once, and more. */
const mostRounds = 50;

export async function enterService(world: World, ctx: KoaContextWithOIDC, first: Stored<Session>): Promise<void> {
  const { oidc } = ctx;
  const clientId = oidc.client?.clientId ?? '';
  let session: Stored<Session> | undefined = first;
  let made: Grant | undefined;
  for (let round = 0; session && round < mostRounds; round += 1) {
    const known = participantOf(session, clientId);
    const grant = await grantFor(world, ctx, clientId, known?.handles.grantId, made);
    if (grant && grant.jti !== known?.handles.grantId) made = grant;
    const entered = grant && (await enter(world, session, participantFor(world, ctx, clientId, grant, known)));
    if (entered) {
      oidc.entity('Grant', grant);
      // The shadow says already what the session said when it was first read.
      if (entered !== first) Object.assign(oidc.session ?? {}, { authorizations: authorizationsOf(entered) });
      return;
    }
    session = await sessionById(world, first.id);
  }
  throw new DomainError(session ? 'store.conflict' : 'session.not_found');
}

const participantOf = ({ participants }: Session, clientId: string): Participant | undefined =>
  participants.find(({ connectionId, protocol }) => connectionId === clientId && protocol === 'oidc');

function participantFor(
  world: World,
  { oidc }: KoaContextWithOIDC,
  clientId: string,
  { jti }: Grant,
  known: Participant | undefined,
): Participant {
  // What is meant to outlast the session is not taken back with it (OIDC Core 11).
  const isOffline = known?.handles.offline !== undefined || oidc.requestParamOIDCScopes.has('offline_access');
  return {
    connectionId: clientId,
    protocol: 'oidc',
    enteredAt: known?.enteredAt ?? world.clock.now(),
    handles: { sid: known?.handles.sid ?? world.ids.id(), grantId: jti, ...(isOffline ? { offline: 'yes' } : {}) },
  };
}

/** The session with the participant in it, or undefined where another request has written it in between. */
async function enter(world: World, session: Stored<Session>, participant: Participant): Promise<Session | undefined> {
  const entry = planEntry(session, participant);
  if (!entry) return session;
  const { accountId } = session;
  const told = { type: 'service.entered' as const, accountId, connectionId: participant.connectionId };
  try {
    await world.store.commit([entry, auditWrite(world, { kind: 'person', id: accountId, ...loginHere() }, told)]);
    const others = session.participants.filter(({ connectionId }) => connectionId !== participant.connectionId);
    return { ...session, participants: [...others, participant] };
  } catch (error) {
    if (!isDomainError(error, 'store.conflict')) throw error;
    return undefined;
  }
}

/**
 * The session's grant for this service where it still stands, else the one made a round before, else a new one. Undefined
 * where another request has widened or revoked the standing one in between.
 */
async function grantFor(
  world: World,
  ctx: KoaContextWithOIDC,
  clientId: string,
  grantId: string | undefined,
  made: Grant | undefined,
): Promise<Grant | undefined> {
  const { provider, session } = ctx.oidc;
  const stored = grantId === undefined ? undefined : await world.store.get(oidcRecords, oidcRecordId('Grant', grantId));
  if (stored) {
    // What was read belongs to everybody; this one may be widened.
    const openid = { ...(stored.payload.openid as object | undefined) };
    const standing = new provider.Grant({ ...stored.payload, openid, jti: grantId } as GrantInput);
    if (!widen(ctx, standing)) return standing;
    return (await replaceGrant(world, stored, standing)) ? standing : undefined;
  }
  if (made) return made;
  const grant = new provider.Grant({ clientId, accountId: session?.accountId ?? '' });
  widen(ctx, grant);
  await grant.save();
  return grant;
}

/**
 * All that the registry lets the service ask for, so that two requests with different wishes need no two grants; each
 * token carries what its own request asked, and release decides the values. Answers whether that changed the grant.
 */
function widen({ oidc }: KoaContextWithOIDC, grant: Grant): boolean {
  const granted = new Set(grant.getOIDCScope().split(' '));
  const missing = (oidc.client?.scope ?? '').split(' ').filter((scope) => !granted.has(scope));
  const claims = [...oidc.requestParamClaims].filter((claim) => !grant.getOIDCClaims().includes(claim));
  if (missing.length > 0) grant.addOIDCScope(missing.join(' '));
  if (claims.length > 0) grant.addOIDCClaims(claims);
  return missing.length > 0 || claims.length > 0;
}

/** By compare-and-swap: a grant that somebody revokes at this moment must not be written back, with its tokens' rights. */
async function replaceGrant({ store }: World, stored: Stored<OidcRecord>, { openid }: Grant): Promise<boolean> {
  try {
    await store.commit([replace(oidcRecords, { ...stored, payload: { ...stored.payload, openid } })]);
    return true;
  } catch (error) {
    if (!isDomainError(error, 'store.conflict')) throw error;
    return false;
  }
}
