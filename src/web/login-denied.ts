/** The refusals that the person reads here: for whom the service is, what they may use, which desk helps. */
import type { Locale } from '../base/locale.ts';
import type { Connection } from '../core/connections/connection.ts';
import { deskOfKind } from '../login/configured-desk.ts';
import type { Position } from '../login/login.ts';
import type { DenialReason } from '../login/outcome.ts';
import { hasOwnFactor } from '../login/second-factor.ts';
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

const isShownHere = (reason: DenialReason): reason is DeniedView['reason'] => shownHere.includes(reason);

/** Enough to see what is there; the portal has them all. */
const mostShown = 12;

/** The model of the page, or undefined where the outcome is told to the service and not here. */
export async function loginDenied(
  page: PageKit,
  exchange: Exchange,
  handle: string,
  { outcome, situation, attempt }: Extract<Position, { kind: 'finished' }>,
): Promise<DeniedView | undefined> {
  if (outcome.kind !== 'denied' || !isShownHere(outcome.reason)) return undefined;
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
  const isAboutAccount = reason === 'suspended' || reason === 'expired' || reason === 'enrolment_closed';
  if (!isAboutAccount && connection) return deskOf(connection.desk, locale);
  return deskOfKind(config, kind, locale);
}
