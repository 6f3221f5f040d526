/** `outbox retry`: a notice is sent now, whether it waits for its next try or was given up. */
import type { Command } from 'commander';
import { type RetryOutcome, retryNotice } from '../core/notices/retry.ts';
import { done, refused } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'retry <id>',
  summary: 'have a notice sent now that waits or was given up',
  more: 'The next turn of the outbox takes it up; its patience begins anew. An id that begins with a hyphen comes after "--": retry -- -x1.',
  json: '{ notice: { id, state: "due" } }; refused: { notice: { id }, refused: "not_found" | "sending" | "settled" | "erased" }',
};

type Refusal = Exclude<RetryOutcome, { kind: 'due' | 'not_found' }>['reason'] | 'not_found';

const refusals: Readonly<Record<Refusal, string>> = {
  not_found: 'there is no such notice, or its record is gone',
  sending: 'it is being sent at this moment',
  settled: 'it was sent or dropped',
  erased: 'it carried a secret, and was erased with it; whoever needs it asks for a new one',
};

export const addOutboxRetry = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world) => {
      const [id = ''] = call.args;
      const outcome = await retryNotice(world, call.actor, id);
      if (outcome.kind === 'due') return done([`${id} is due now.`], { notice: { id, state: 'due' } });
      const reason = outcome.kind === 'not_found' ? outcome.kind : outcome.reason;
      return refused([`${id}: ${refusals[reason]}.`], { notice: { id }, refused: reason });
    }),
  );
