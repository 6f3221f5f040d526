/**
 * The login machine: one pure table over (attempt, facts). The first row that applies decides. Steps never route to
 * one another, so nothing can be skipped by going to an address, and OpenID Connect and SAML cannot differ here.
 * login.mermaid is this table drawn; a test compares the two.
 */
import { reaches, satisfies, trueLevels } from '../core/credentials/assurance.ts';
import type { Situation } from './facts.ts';
import type { DenialReason } from './outcome.ts';
import type { Step } from './step.ts';
import { acceptTerms } from './steps/accept-terms.ts';
import { chooseAccount } from './steps/choose-account.ts';
import { password } from './steps/password.ts';
import { release } from './steps/release.ts';

type AnyStep = Step<string, object>;

export interface Row {
  readonly rule: string;
  applies(situation: Situation): boolean;
  readonly decision:
    | { readonly kind: 'step'; readonly step: AnyStep }
    | { readonly kind: 'denied'; readonly reason: DenialReason }
    | { readonly kind: 'granted' };
}

const deny = (reason: DenialReason, rule: string, applies: Row['applies']) => ({
  rule,
  applies,
  decision: { kind: 'denied' as const, reason },
});

const ask = <S extends AnyStep>(step: S, rule: string) => ({
  rule,
  applies: (situation: Situation) => step.isDue(situation),
  decision: { kind: 'step' as const, step },
});

export const rows = [
  deny('cancelled', 'the person went back', ({ progress }) => progress.declined === 'cancelled'),
  deny('terms_declined', 'the person declined the terms', ({ progress }) => progress.declined === 'terms_declined'),
  deny('release_denied', 'the person refused the release', ({ progress }) => progress.declined === 'release_denied'),
  deny(
    'connection_suspended',
    'the service is gone or suspended',
    ({ request, connection }) => request.connectionId !== undefined && connection?.state !== 'active',
  ),
  ask(chooseAccount, 'the service asks which account'),
  ask(password, 'nobody is known, or the service wants to hear it again'),
  deny('suspended', 'the account is suspended', ({ subject }) => subject?.standing === 'suspended'),
  deny('expired', 'the account has ended', ({ subject }) => subject?.standing !== 'active'),
  deny('other_account', 'the service named another account', ({ subject }) => !subject?.isNamed),
  deny('not_for_you', 'the service is for others', ({ subject }) => !subject?.isAudience),
  deny(
    'level_unreachable',
    'the service insists on a level that cannot be reached',
    ({ request, connection, subject }) => {
      const held = trueLevels(subject?.factors ?? []);
      return !satisfies(held, request.demand) || !reaches(held, connection?.requiredLevel);
    },
  ),
  ask(acceptTerms, 'the terms are new to the person'),
  ask(release, 'the person is asked what the service may receive'),
  { rule: 'nothing is left', applies: () => true, decision: { kind: 'granted' as const } },
] satisfies readonly Row[];

export type Decision = (typeof rows)[number]['decision'];
export type StepName = Extract<Decision, { kind: 'step' }>['step']['name'];

export function nextStep(situation: Situation): Decision {
  const row = rows.find(({ applies }) => applies(situation));
  if (!row) throw new Error('the last row of the table applies always');
  return row.decision;
}
