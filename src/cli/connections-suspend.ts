/** `connections suspend`: a service is cut off at the next request, and its tokens with it. */
import { type Command, Option } from 'commander';
import { suspendConnection } from '../core/connections/registry.ts';
import { done } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'suspend <id>',
  summary: 'cut a service off, and its tokens with it',
  json: '{ connection: { id, state } }',
};

const reason = new Option('--reason <text>', 'for the audit trail and the list').makeOptionMandatory();

export const addConnectionsSuspend = (parent: Command, run: Run): Command =>
  addChangingVerb<{ readonly reason: string }>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world) => {
        const [id = ''] = call.args;
        await suspendConnection(world, call.actor, id, call.options.reason);
        return done([`${id} is suspended.`], { connection: { id, state: 'suspended' } });
      }),
    [reason],
  );
