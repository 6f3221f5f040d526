/**
 * What the log-out page asks, sealed into its form: who may answer it (this session alone, so no other site can), and
 * where the browser goes then. Nothing is kept between question and answer.
 */
import type { Instant } from '../../base/clock.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { Sealing } from './sealed-value.ts';

/** What oidc-provider wants to find in its session when the answer comes. */
export interface LogoutState {
  readonly secret: string;
  readonly clientId?: string;
  readonly state?: string;
  readonly postLogoutRedirectUri?: string;
}

/** For the form; it is good for as long as the session could last. */
export const sealQuestion = (sealing: Sealing, session: Session, { secret: _secret, ...asked }: LogoutState): string =>
  sealing.seal('LogoutQuestion', { ...asked, sessionId: session.id }, session.endsAt);

/** Undefined where it was asked of another session, or by nobody. oidc-provider compares `secret` with the form once more. */
export function openQuestion(
  sealing: Sealing,
  session: Session,
  presented: unknown,
  now: Instant,
): LogoutState | undefined {
  if (typeof presented !== 'string') return undefined;
  const opened = sealing.open('LogoutQuestion', presented);
  if (!opened || opened.expiresAt <= now || opened.said.sessionId !== session.id) return undefined;
  const { sessionId: _sessionId, ...asked } = opened.said;
  return { ...asked, secret: presented };
}
