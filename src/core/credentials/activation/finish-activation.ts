/**
 * The password that an activation was for: set with everything that belongs to it in one commit, by which the key is
 * used up. Of two tabs, two presses or two people with one key, one wins; the other is told how it now stands.
 */
import { isDomainError } from '../../../base/errors.ts';
import { replace, type Write } from '../../../store/port.ts';
import { type Actor, auditWrite } from '../../audit/event.ts';
import type { World } from '../../world.ts';
import { passwordOwner } from '../password-owner.ts';
import { judgePassword, type PasswordProblem } from '../password-rule.ts';
import { type PasswordKeeping, type PasswordOutcome, setPassword } from '../set-password.ts';
import {
  type ActivationHolder,
  type ActivationPosition,
  activations,
  lookAtActivation,
  type OpenActivation,
} from './activation.ts';
import { activationKeys } from './activation-key.ts';

export interface FinishMeans {
  readonly world: World;
  readonly keeping: PasswordKeeping;
  readonly termsVersion: string | undefined;
}

export interface ChosenPassword {
  readonly password: string;
  /** Looked at only where the terms are asked for. */
  readonly acceptsTerms: boolean;
  readonly address: string;
  readonly device?: Actor['device'] | undefined;
}

export type ActivationEnd =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'refused';
      readonly open: OpenActivation;
      readonly problems: readonly (PasswordProblem | 'terms_not_accepted')[];
    }
  /** `finished`: by an earlier press. */
  | Exclude<ActivationPosition, OpenActivation>;

/** Another change of the account (terms accepted, a new key) may come between; more than one at a time is no accident. */
const mostRounds = 3;

/** @throws DomainError `store.conflict` when the account changes all the time. */
export async function finishActivation(
  means: FinishMeans,
  holder: ActivationHolder,
  chosen: ChosenPassword,
): Promise<ActivationEnd> {
  for (let round = 1; ; round += 1) {
    const position = await lookAtActivation(means.world, means.termsVersion, holder);
    if (position.kind !== 'open') return position;
    if (position.asksTerms && !chosen.acceptsTerms) return refuseTerms(means, position, chosen);
    try {
      const outcome = await commitActivation(means, position, chosen);
      return outcome.kind === 'set' ? { kind: 'done' } : { ...outcome, open: position };
    } catch (error) {
      const isRace = isDomainError(error, 'store.conflict') || isDomainError(error, 'store.duplicate');
      if (!isRace || round === mostRounds) throw error;
    }
  }
}

/** With what is wrong with the password besides: everything at once. */
async function refuseTerms({ keeping }: FinishMeans, open: OpenActivation, { password }: ChosenPassword) {
  const problems = await judgePassword(keeping.preset, password, passwordOwner(open.account, open.person));
  return { kind: 'refused' as const, open, problems: ['terms_not_accepted' as const, ...problems] };
}

function commitActivation(
  { world, keeping, termsVersion }: FinishMeans,
  { activation, key, account, person, asksTerms }: OpenActivation,
  { password, address, device }: ChosenPassword,
): Promise<PasswordOutcome> {
  const now = world.clock.now();
  const actor: Actor = { kind: 'person', id: account.id, address, ...(device ? { device } : {}) };
  const accepted = asksTerms && termsVersion !== undefined ? { version: termsVersion, at: now } : undefined;
  const also: readonly Write[] = [
    replace(activationKeys, { ...key, usedAt: now }),
    replace(activations, { ...activation, finishedAt: now }),
    auditWrite(world, actor, { type: 'activation.key_used', accountId: account.id, handed: key.handed }),
    ...(accepted
      ? [auditWrite(world, actor, { type: 'terms.accepted', accountId: account.id, version: accepted.version })]
      : []),
  ];
  // setPassword writes the account as it is given, and with it what else this activation says of it.
  const activated = {
    ...account,
    activation: { handed: key.handed, at: now },
    ...(accepted ? { acceptedTerms: accepted } : {}),
  };
  return setPassword(world, keeping, actor, { account: activated, person, password, by: 'key' }, also);
}
