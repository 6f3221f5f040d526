/**
 * One try at a code, whatever its kind: charged before the code is looked at, given back with the success, told to the
 * audit when it failed.
 *
 * A browser that has shown a second factor of this account before has a count of its own, so that guesses of somebody who
 * has stolen the password do not keep the owner waiting there. All others share one: the mark of a browser that has shown a
 * password alone (known-browser.ts) would be a fresh count for each guess. Nobody gets from the shared count into one of
 * their own without a right code; whoever copies the cookie of such a browser besides the password has its count and the
 * shared one, twice the guesses that core/credentials/totp.ts reckons with, and no more however often the owner signs in:
 * what they copied names one count, and the owner's next mark another.
 */
import { auditWrite } from '../core/audit/event.ts';
import type { GuessedFactor } from '../core/credentials/throttle.ts';
import type { Write } from '../store/port.ts';
import type { Situation, Subject } from './facts.ts';
import type { AnswerOrigin, StepMeans, StepMistake, StepResult } from './step.ts';

export type FactorTry =
  | {
      readonly kind: 'charged';
      /** To be committed with the success. */
      readonly forgiven: readonly Write[];
      /** Tells the audit, and the person what was wrong. */
      fail(mistake: StepMistake): Promise<StepResult>;
    }
  | { readonly kind: 'refused'; readonly result: StepResult };

export async function tryFactor(
  { world, factorThrottles }: StepMeans,
  factor: GuessedFactor,
  { subject, connection, factorBrowser }: Situation & { readonly subject: Subject },
  { actor, address }: AnswerOrigin,
): Promise<FactorTry> {
  const throttle = factorThrottles[factor];
  const accountId = subject.account.id;
  const attempted = { loginName: accountId, address, ...(factorBrowser ? { knownBrowser: factorBrowser } : {}) };
  const charge = await throttle.charge(attempted);
  if (charge.kind === 'throttled') return { kind: 'refused', result: { kind: 'problem', problem: charge } };
  return {
    kind: 'charged',
    forgiven: throttle.forgive(attempted),
    async fail(mistake) {
      const about = { accountId, ...(connection ? { connectionId: connection.id } : {}) };
      await world.store.commit([auditWrite(world, actor, { type: 'login.failed', ...about, factor })]);
      return { kind: 'problem', problem: { kind: mistake } };
    },
  };
}
