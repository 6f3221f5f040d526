/**
 * The outbox's way out for logout messages: posts a fresh logout token to the service (Back-Channel Logout 1.0, 2.5) and
 * judges its answer (2.8). What a service does concerns that service alone, so none ever closes the way for the others.
 */
import { hours } from '../../base/duration.ts';
import { connections, isOidc, type OidcConnection } from '../../core/connections/connection.ts';
import type { LiveRing } from '../../core/keys/live-ring.ts';
import type { OidcLogoutContent } from '../../core/notices/content.ts';
import type { Envelope, LogoutSender, SendOutcome } from '../../core/notices/sender.ts';
import type { World } from '../../core/world.ts';
import type { Outgoing } from '../../outgoing/open-outgoing.ts';
import type { Answer } from '../../outgoing/outcome.ts';
import { isLasting, type OutgoingReason } from '../../outgoing/outgoing-error.ts';
import { signLogoutToken } from './logout-token.ts';

export interface LogoutMeans {
  readonly world: World;
  readonly issuer: string;
  readonly ring: LiveRing;
  readonly outgoing: Outgoing;
}

/**
 * The connection is read as it now stands, since the approved record is the running client. One that was removed is told
 * nothing. A suspended one hears nothing while that lasts, and everything when it is over. Where the address was changed,
 * the new one is told: the old may be somebody else's by now.
 */
export function logoutSender(means: LogoutMeans): LogoutSender<'oidc'> {
  return async (content, envelope, signal) => {
    const connection = await means.world.store.get(connections, content.connectionId);
    if (connection === undefined) return { kind: 'never', reason: 'connection.not_found' };
    if (connection.state === 'suspended') return { kind: 'later', reason: 'connection.suspended' };
    const url = connection.oidc?.backchannelLogoutUri;
    if (!isOidc(connection) || url === undefined) return { kind: 'never', reason: 'no logout address' };
    const body = new URLSearchParams({ logout_token: await tokenFor(means, connection, content, envelope) });
    const outcome = await means.outgoing.request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: body.toString(),
      limits: { totalTime: longestRequest },
      signal,
    });
    return outcome.kind === 'failed'
      ? judgeFailure(outcome.reason)
      : judgeAnswer(outcome.answer, means.world.clock.now() - envelope.createdAt);
  };
}

/** Milliseconds; well within `longestSend` of the outbox. */
const longestRequest = 10_000;

/**
 * A token of its own for every attempt, `jti` included. An attempt whose answer was lost (by the network, or by our end
 * between the answer and its commit) is made again, and a service that remembers each `jti` would take the same one for a
 * replay and answer 400: a log-out that was done would be listed as dead. Hearing twice of one `sid` does no harm: the
 * second time nobody is signed in under it, and that is success (2.8).
 */
async function tokenFor(
  { world, issuer, ring }: LogoutMeans,
  { oidc }: OidcConnection,
  { connectionId, sid, sub }: OidcLogoutContent,
  { id }: Envelope,
): Promise<string> {
  const key = ring
    .current()
    .keys.find(
      ({ use, state, algorithm }) =>
        use === 'token-signing' && state === 'active' && algorithm === oidc.idTokenAlgorithm,
    );
  if (!key) throw new Error(`the key ring has no active key for ${oidc.idTokenAlgorithm}`);
  return signLogoutToken(key, {
    issuer,
    audience: connectionId,
    subject: sub,
    sid,
    // The outbox's id in it, so that both sides can speak of the same message.
    jti: `${id}.${world.ids.id()}`,
    now: world.clock.now(),
  });
}

/** After `never`, the outbox asks again when an operator says `outbox retry`. */
const judgeFailure = (reason: OutgoingReason): SendOutcome => ({ kind: isLasting(reason) ? 'never' : 'later', reason });

/**
 * 400 says that the service did not take this token, or could not do what it says: it may have to fetch our keys again, or
 * ask a system behind it. So it is asked again for a while, and others are not held back meanwhile. Any other refusal is
 * that of an address where nobody understands us (yet, or while something is repaired): all that it is owed waits.
 */
function judgeAnswer(answer: Answer, age: number): SendOutcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  if (status !== 400) return { kind: 'later', reason: `status ${status}` };
  const reason = ['status 400', ...errorCodeIn(answer)].join(' ');
  return age < patienceWithRefusals ? { kind: 'later', reason, about: 'notice' } : { kind: 'never', reason };
}

const patienceWithRefusals = hours(1);

/** A code and nothing else: a description could repeat what was sent. */
function errorCodeIn(answer: Answer): readonly string[] {
  try {
    const { error } = JSON.parse(answer.text()) as { readonly error?: unknown };
    return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? [error] : [];
  } catch {
    return [];
  }
}
