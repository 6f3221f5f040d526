/**
 * One try at a code, whatever its kind: charged before the code is looked at, given back with the success, told to the
 * audit when it failed.
 *
 * All browsers share one count. A browser's mark (known-browser.ts) is made for whoever has the password, and so would be
 * a fresh count for each guess of somebody who has stolen it. That the owner can be made to wait for this kind of code is
 * the price; another way, and a trusted browser, stay open to them.
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
  { subject, connection }: Situation & { readonly subject: Subject },
  { actor, address }: AnswerOrigin,
): Promise<FactorTry> {
  const throttle = factorThrottles[factor];
  const accountId = subject.account.id;
  const attempted = { loginName: accountId, address };
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
