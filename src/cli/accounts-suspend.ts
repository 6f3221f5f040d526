/** `accounts suspend`: nobody signs in with the account from now on, and its sessions end. */
import { type Command, Option } from 'commander';
import { suspendAccount } from '../core/people/suspend.ts';
import { namedAccount } from './named-account.ts';
import { done } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'suspend <login-name>',
  summary: 'suspend an active account and end its sessions',
  json: '{ account: { id, loginName, state } }',
};

const reason = new Option('--reason <text>', 'for the audit trail and the desk').makeOptionMandatory();

export const addAccountsSuspend = (parent: Command, run: Run): Command =>
  addChangingVerb<{ readonly reason: string }>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, ground) => {
        const account = await namedAccount(world, call.args[0] ?? '');
        await suspendAccount(world, ground, call.actor, account, call.options.reason);
        const { id, loginName } = account;
        return done([`${loginName} is suspended.`], { account: { id, loginName, state: 'suspended' } });
      }),
    [reason],
  );
