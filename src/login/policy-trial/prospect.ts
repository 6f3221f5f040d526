/**
 * What becomes of somebody of whom these levels are demanded, with what they have today. Pure; judged by the functions that
 * decide in a login.
 */
import type { Instant } from '../../base/clock.ts';
import { type AssuranceRule, trueLevels } from '../../core/credentials/assurance.ts';
import type { FactorUse } from '../../core/credentials/factor-use.ts';
import type { Level } from '../../core/credentials/level.ts';
import type { ConfiguredWays } from '../configured-ways.ts';
import type { EnrolmentRule, Situation } from '../facts.ts';
import { portalRequest } from '../request.ts';
import { type Requirement, unmetBy } from '../requirement.ts';
import { enrolmentDue, isShort, openWays } from '../second-factor.ts';
import type { Exemplar } from './account-classes.ts';

/**
 * From good to bad. `alone`: after setting up a factor in the login, or a better password on the account pages. `desk`: a desk
 * has to see them first. `never`: no factor that can be set up here would do.
 */
export const prospects = ['enters', 'alone', 'desk', 'never'] as const;
export type Prospect = (typeof prospects)[number];

export interface ProspectMeans extends ConfiguredWays {
  readonly now: Instant;
  readonly assurance: AssuranceRule;
  readonly enrolment: EnrolmentRule;
}

export function prospectOf(means: ProspectMeans, exemplar: Exemplar, levels: readonly Level[]): Prospect {
  const requirements = levels.map((level) => ({ anyOf: [level], isEssential: true, reason: 'connection' as const }));
  const situation = situationOf(means, exemplar, requirements);
  if (!isShort(situation)) return 'enters';
  const ways = openWays(situation);
  // A pass that proves nothing to a service opens the setting up of a factor.
  const isOpening = ways.every((kind) => kind === 'temporary-pass') && !means.assurance.mfaBy.temporaryPass;
  if (ways.length > 0) return isOpening ? 'alone' : 'enters';
  const enrolment = enrolmentDue(situation);
  if (enrolment?.kind === 'open') return 'alone';
  if (enrolment?.kind === 'closed') return canAddMore(means, exemplar) ? 'alone' : 'desk';
  return wouldDoWithBetterPassword(means, requirements) ? 'alone' : 'never';
}

/** What they have will not do here, and lets them add what will on the account pages. */
const canAddMore = (means: ProspectMeans, exemplar: Exemplar): boolean =>
  trueLevels(means.assurance, [
    ...passwordIn(means, exemplar),
    ...exemplar.held.map(({ potential }) => potential),
  ]).includes('mfa');

const passwordIn = ({ now: at }: ProspectMeans, { password }: Exemplar): readonly FactorUse[] =>
  password ? [{ kind: 'password', at, preset: password.preset }] : [];

const wouldDoWithBetterPassword = ({ assurance, now }: ProspectMeans, requirements: readonly Requirement[]): boolean =>
  unmetBy(assurance, requirements, [{ kind: 'password', at: now, preset: 'default' }]).length === 0;

/** Their password has just been right, and nothing else is in the way. */
function situationOf(means: ProspectMeans, exemplar: Exemplar, requirements: readonly Requirement[]): Situation {
  const { account, person, held } = exemplar;
  const subject = { account, person, standing: 'active' as const, factors: passwordIn(means, exemplar), held };
  const passing = { isProvenHere: true, isAudience: true, isNamed: true, hasConsented: true };
  return { ...means, requirements, request: portalRequest, progress: {}, subject: { ...subject, ...passing } };
}
