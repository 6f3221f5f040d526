/**
 * "Trust this browser": offered where a second factor is asked for only because the connection or the policy requires it,
 * and may be spared there. It is made with the end of the login in which that factor was given, and names itself in the
 * audit trail wherever a login passes by it.
 */
import { days } from '../base/duration.ts';
import type { Config } from '../config/schema.ts';
import type { Actor } from '../core/audit/event.ts';
import { isStandIn } from '../core/credentials/factor-use.ts';
import { planEndTrust, planTrust, type TrustPlan, trustByToken } from '../core/credentials/trusted-browser.ts';
import type { Device } from '../core/sessions/session.ts';
import type { World } from '../core/world.ts';
import type { Progress } from './attempt.ts';
import type { Situation } from './facts.ts';
import { requirementsOf, unmetBy } from './requirement.ts';
import { askable } from './second-factor.ts';
import type { Answer, AnswerOrigin } from './step.ts';

export interface TrustMeans {
  readonly world: World;
  readonly config: Config;
}

export interface TrustOrigin extends Pick<AnswerOrigin, 'trustToken'> {
  readonly actor: Actor;
  readonly device: Device;
}

/** The steps after which a browser may be trusted; a code that stands in for a lost factor is no ground for trust. */
const trustworthy: readonly string[] = askable.filter((kind) => !isStandIn(kind));

export const offersTrust = ({ request, requirements }: Situation, step: string): boolean =>
  trustworthy.includes(step) && !request.force && requirements.some(({ mayBeWaived }) => mayBeWaived);

/** The box counts with the factor that was given on its page, and not with a page that was left for another. */
export function progressWithTrust(situation: Situation, step: string, answer: Answer, progress: Progress): Progress {
  const isGiven = progress.proven?.factors.some(({ kind }) => kind === step) ?? false;
  const trusts = isGiven && answer('trust') === 'yes' && offersTrust(situation, step);
  return trusts ? { ...progress, trustsBrowser: true } : progress;
}

/** Undefined where the person did not ask for it, or the factor that it was given with does not count any more. */
export async function planLoginTrust(
  { world, config }: TrustMeans,
  situation: Situation,
  { actor, device, trustToken }: TrustOrigin,
): Promise<TrustPlan | undefined> {
  const { progress, subject } = situation;
  const isGiven = progress.proven?.factors.some(({ kind }) => trustworthy.includes(kind)) ?? false;
  const isAllowed = requirementsOf(situation).some(({ mayBeWaived }) => mayBeWaived);
  if (!subject || !isGiven || !progress.trustsBrowser || !isAllowed) return undefined;
  const { id: accountId } = subject.account;
  const plan = planTrust(world, actor, { accountId, device }, config.session.trustedBrowserLifetime);
  const token = trustToken?.(accountId);
  const before = token === undefined ? undefined : await trustByToken(world.store, accountId, token);
  // One browser is one line in the list of its owner.
  return before ? { ...plan, writes: [...plan.writes, ...planEndTrust(world, actor, before, 'replaced')] } : plan;
}

/** For the audit event, where the login would not have passed without it. */
export function trustRelied(situation: Situation): { readonly trustedBrowserId?: string } {
  const { trust, assurance, subject } = situation;
  if (!trust || !subject) return {};
  const isNeeded = unmetBy(assurance, requirementsOf(situation), subject.factors).some(
    ({ mayBeWaived }) => mayBeWaived,
  );
  return isNeeded ? { trustedBrowserId: trust.id } : {};
}

/** For the page that offers it. */
export const trustDaysOf = ({ session }: Config): number => Math.floor(session.trustedBrowserLifetime / days(1));
