/** The refusals that the person reads here: for whom the service is, what they may use, which desk helps. */
import type { Locale } from '../base/locale.ts';
import type { Connection } from '../core/connections/connection.ts';
import { askedBecause } from '../login/asked-because.ts';
import { deskOfKind } from '../login/configured-desk.ts';
import type { Position } from '../login/login.ts';
import type { DenialReason } from '../login/outcome.ts';
import type { LoginRequest } from '../login/request.ts';
import { hasOwnFactor, missing } from '../login/second-factor.ts';
import { deskOf, serviceOf } from '../login/shown-connection.ts';
import type { Exchange } from './cookies.ts';
import type { PageKit } from './page.ts';
import type { DeniedView } from './views.ts';

const shownHere: readonly DenialReason[] = [
  'not_for_you',
  'suspended',
  'expired',
  'connection_suspended',
  'enrolment_closed',
];

/** Of our own pages there is no service that could be told. What the person declined themselves they know. */
const shownForPortal: readonly DenialReason[] = [...shownHere, 'level_unreachable'];

const isShownHere = (reason: DenialReason, { protocol }: LoginRequest): reason is DeniedView['reason'] =>
  (protocol === 'portal' ? shownForPortal : shownHere).includes(reason);

/** Enough to see what is there; the portal has them all. */
const mostShown = 12;

/** The model of the page, or undefined where the outcome is told to the service and not here. */
export async function loginDenied(
  page: PageKit,
  exchange: Exchange,
  handle: string,
  { outcome, situation, attempt }: Extract<Position, { kind: 'finished' }>,
): Promise<DeniedView | undefined> {
  if (outcome.kind !== 'denied' || !isShownHere(outcome.reason, attempt.request)) return undefined;
  const { subject, connection, session } = situation;
  const { reason } = outcome;
  const locale = page.locale(exchange);
  const audience = connection?.audience.words?.[locale];
  const isSignedIn = reason === 'not_for_you' && subject !== undefined;
  return {
    reason,
    desk: deskFor(page, reason, connection, subject?.account.kind, locale),
    services: isSignedIn
      ? (await page.tiles({ person: subject.person, account: subject.account, session, locale })).slice(0, mostShown)
      : [],
    ...(connection ? { service: serviceOf(connection, locale) } : {}),
    ...(audience === undefined ? {} : { audience }),
    // That the service requires it stands in the text already; a rule of the policy says why here, or for this person.
    ...(reason === 'enrolment_closed' && missing(situation)?.clause ? askedBecause(situation, locale) : {}),
    ...(reason === 'enrolment_closed' && subject && hasOwnFactor(subject) ? { addHref: '/account/factors' } : {}),
    ...(reason === 'suspended' && subject?.account.suspensionCause === 'not_me' ? { isReported: true } : {}),
    ...(attempt.request.protocol === 'portal' ? {} : { backHref: `/login/${handle}/return` }),
  };
}

/** About the account the desk of its kind helps; about the service its own. */
function deskFor(
  { config }: PageKit,
  reason: DeniedView['reason'],
  connection: Connection | undefined,
  kind: string | undefined,
  locale: Locale,
): DeniedView['desk'] {
  const isAboutService = reason === 'not_for_you' || reason === 'connection_suspended';
  if (isAboutService && connection) return deskOf(connection.desk, locale);
  return deskOfKind(config, kind, locale);
}
