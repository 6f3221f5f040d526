/**
 * The login machine: one pure table over (attempt, facts). The first row that applies decides. Steps never route to
 * one another, so nothing can be skipped by going to an address, and OpenID Connect and SAML cannot differ here.
 * login.mermaid is this table drawn; a test compares the two.
 */
import type { Situation } from './facts.ts';
import type { DenialReason } from './outcome.ts';
import { enrolmentDue, isShort } from './second-factor.ts';
import type { Step } from './step.ts';
import { acceptTerms } from './steps/accept-terms.ts';
import { certificate } from './steps/certificate.ts';
import { chooseAccount } from './steps/choose-account.ts';
import { chooseFactor } from './steps/choose-factor.ts';
import { enrolFactor } from './steps/enrol-factor.ts';
import { enrolMail } from './steps/enrol-mail.ts';
import { enrolPasskey } from './steps/enrol-passkey.ts';
import { enrolTotp } from './steps/enrol-totp.ts';
import { keepRecoveryCodes } from './steps/keep-recovery-codes.ts';
import { mailCode } from './steps/mail-code.ts';
import { passkey } from './steps/passkey.ts';
import { password } from './steps/password.ts';
import { recoveryCode } from './steps/recovery-code.ts';
import { recoveryCodesLeft } from './steps/recovery-codes-left.ts';
import { release } from './steps/release.ts';
import { temporaryPass } from './steps/temporary-pass.ts';
import { totp } from './steps/totp.ts';

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
  ask(chooseFactor, 'the person wishes to use another factor'),
  // The steps that ask for a second factor stand here, those that set one up below enrol-factor.
  ask(passkey, 'a passkey is due'),
  ask(totp, 'the code of an authenticator app is due'),
  ask(mailCode, 'a code by mail is due'),
  ask(certificate, 'a client certificate is due'),
  ask(recoveryCode, 'a recovery code is due'),
  ask(temporaryPass, 'the pass that a desk gave is due'),
  ask(enrolFactor, 'a second factor is missing, and one may be set up'),
  ask(enrolPasskey, 'a passkey is being made'),
  ask(enrolTotp, 'an authenticator app is being set up'),
  ask(enrolMail, 'a notification address is being registered'),
  deny(
    'enrolment_closed',
    'a second factor is missing, and a desk has to see the person first',
    (situation) => enrolmentDue(situation)?.kind === 'closed',
  ),
  // Whatever the reason, nothing below this row is reached without what the service must have.
  deny('level_unreachable', 'the service insists on a level that cannot be reached', isShort),
  ask(recoveryCodesLeft, 'a recovery code was used, and how many are left is not yet told'),
  ask(keepRecoveryCodes, 'recovery codes were made and are not yet kept'),
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
