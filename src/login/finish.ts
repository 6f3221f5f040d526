/**
 * What the end of a login writes: the session started, raised or replaced, the audit event, and the outcome on the
 * attempt. Who has proven who they are keeps the session even where this service is not for them, so that the services
 * which are need no second password.
 */
import { auditWrite } from '../core/audit/event.ts';
import { type AssuranceRule, identifies, trueLevels } from '../core/credentials/assurance.ts';
import type { PolicyClause } from '../core/policy/policy.ts';
import { planEnd } from '../core/sessions/end.ts';
import { planRise, planStart, type SessionPlan } from '../core/sessions/keep.ts';
import type { DerivedSessions, SessionLifetimes } from '../core/sessions/session.ts';
import type { World } from '../core/world.ts';
import type { Write } from '../store/port.ts';
import type { Situation } from './facts.ts';
import type { Decision } from './next-step.ts';
import type { DenialReason, Outcome } from './outcome.ts';
import { unmetBy } from './requirement.ts';
import { planLoginTrust, type TrustMeans, type TrustOrigin, trustRelied } from './trust.ts';
import { planSignInWarning, type SignInOrigin, type WarningMeans } from './warn-sign-in.ts';

export interface Finish {
  readonly outcome: Outcome;
  readonly writes: readonly Write[];
  /** A new cookie value, when a session began or rose. */
  readonly sessionToken?: string;
  /** Of that session. */
  readonly sessionId?: string;
  readonly session?: 'started' | 'risen';
  /** For the cookie of a browser that is trusted from now on. */
  readonly trustToken?: string;
}

export interface FinishMeans extends WarningMeans, TrustMeans {
  readonly world: World;
  readonly lifetimes: SessionLifetimes;
  readonly derivedSessions: readonly DerivedSessions[];
  readonly assurance: AssuranceRule;
}

type Denied = Extract<Decision, { kind: 'denied' }>;

/** Who finishes it, and in which browser. */
export interface FinishOrigin extends SignInOrigin, TrustOrigin {}

/** Refusals about this service or this request; the person is signed in all the same. */
const keepsSession: readonly DenialReason[] = [
  'not_for_you',
  'level_unreachable',
  'enrolment_closed',
  'release_denied',
  'other_account',
];

export async function planFinish(
  means: FinishMeans,
  decision: Exclude<Decision, { kind: 'step' }>,
  situation: Situation,
  origin: FinishOrigin,
): Promise<Finish> {
  const { subject, session, connection } = situation;
  const { world } = means;
  const { actor } = origin;
  const accountId = subject?.account.id;
  const isKept = decision.kind === 'granted' || keepsSession.includes(decision.reason);
  const kept = isKept ? await planSession(means, situation, origin) : undefined;
  const warning = kept?.how === 'started' ? await planSignInWarning(means, situation, origin) : [];
  const about = connection ? { connectionId: connection.id } : {};
  if (decision.kind === 'denied') {
    const denial = { reason: decision.reason, ...(accountId === undefined ? {} : { accountId }) };
    return {
      outcome: { kind: 'denied', ...denial },
      writes: [
        ...(kept?.writes ?? []),
        ...warning,
        auditWrite(world, actor, { type: 'login.denied', ...denial, ...about, ...rulesUnmet(decision, situation) }),
      ],
      ...(kept ? { sessionToken: kept.token, sessionId: kept.sessionId, session: kept.how } : {}),
    };
  }
  const sessionId = kept?.sessionId ?? session?.id;
  if (!subject || accountId === undefined || sessionId === undefined) throw new Error('granted to nobody');
  const event = auditWrite(world, actor, {
    type: 'login.granted',
    accountId,
    ...about,
    factors: subject.factors.map(({ kind }) => kind),
    levels: trueLevels(means.assurance, subject.factors),
    ...trustRelied(situation),
    ...namesOf(situation.policy ?? []),
  });
  const trust = await planLoginTrust(means, situation, origin);
  return {
    outcome: { kind: 'granted', sessionId, accountId, factors: subject.factors, ...trustRelied(situation) },
    writes: [...(kept?.writes ?? []), ...warning, ...(trust?.writes ?? []), event],
    ...(trust ? { trustToken: trust.token } : {}),
    ...(kept ? { sessionToken: kept.token, sessionId: kept.sessionId, session: kept.how } : {}),
  };
}

/** For a refusal that they are the reason of. */
function rulesUnmet({ reason }: Denied, { assurance, requirements, subject }: Situation) {
  if (!subject || !isForLevel.includes(reason)) return {};
  const unmet = unmetBy(assurance, requirements, subject.factors);
  return namesOf(unmet.flatMap(({ clause }) => (clause ? [clause] : [])));
}

const isForLevel: readonly DenialReason[] = ['level_unreachable', 'enrolment_closed'];

const namesOf = (clauses: readonly PolicyClause[]) =>
  clauses.length === 0 ? {} : { rules: clauses.map(({ rule }) => rule.name) };

interface KeptSession {
  readonly sessionId: string;
  readonly token: string;
  readonly how: 'started' | 'risen';
  readonly writes: readonly Write[];
}

/** Undefined where nothing was proven here: the session stays as it is. */
async function planSession(
  { world, lifetimes, derivedSessions }: FinishMeans,
  { subject, session }: Situation,
  { actor, device }: FinishOrigin,
): Promise<KeptSession | undefined> {
  // Without a factor that tells who somebody is, nobody is here: a second factor alone begins no session.
  if (!subject?.isProvenHere || !identifies(subject.factors)) return undefined;
  if (session?.accountId === subject.account.id) {
    return kept('risen', planRise(world, lifetimes, session, subject.factors));
  }
  const started = planStart(world, lifetimes, subject.account, subject.factors, device);
  const ended = session ? await planEnd(world, derivedSessions, actor, session, 'other_account') : [];
  return kept('started', started, ended);
}

const kept = (
  how: KeptSession['how'],
  { session, token, write }: SessionPlan,
  also: readonly Write[] = [],
): KeptSession => ({
  sessionId: session.id,
  token,
  how,
  writes: [write, ...also],
});
