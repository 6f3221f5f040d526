/** `outbox drop`: a notice is given up for good; what it says is erased, and those that waited behind it go on. */
import { type Command, Option } from 'commander';
import { type DropOutcome, dropNotice } from '../core/notices/drop.ts';
import { done, type Report, refused } from './report.ts';
import { addChangingVerb, type Call, onGround, type Run } from './verb.ts';

const words = {
  usage: 'drop <id>',
  summary: 'give a notice up for good and erase what it says',
  more: 'The reason is kept with the notice and in the audit trail. Those that waited behind it go on. An id that begins with a hyphen comes after "--": drop -- -x1.',
  json: '{ notice: { id, state: "dropped" } }; refused: { notice: { id }, refused: "not_found" | "sending" | "settled" }',
};

type Refusal = Exclude<DropOutcome, { kind: 'dropped' | 'not_found' }>['reason'] | 'not_found';

const refusals: Readonly<Record<Refusal, string>> = {
  not_found: 'there is no such notice, or its record is gone',
  sending: 'it is being sent at this moment, and may be accepted; try again in three minutes',
  settled: 'it was sent or dropped',
};

interface DropOptions {
  readonly config?: string;
  readonly reason: string;
}

const reasonOption = new Option('--reason <text>', 'why; it goes into the audit trail').makeOptionMandatory();

export const addOutboxDrop = (parent: Command, run: Run): Command =>
  addChangingVerb<DropOptions>(parent, run, words, dropOne, [reasonOption]);

const dropOne = (call: Call<DropOptions>): Promise<Report> =>
  onGround(call, async (world) => {
    const [id = ''] = call.args;
    const outcome = await dropNotice(world, call.actor, id, call.options.reason);
    if (outcome.kind === 'dropped') return done([`${id} is dropped.`], { notice: { id, state: 'dropped' } });
    const reason = outcome.kind === 'not_found' ? outcome.kind : outcome.reason;
    return refused([`${id}: ${refusals[reason]}.`], { notice: { id }, refused: reason });
  });
