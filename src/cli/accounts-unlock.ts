/** `accounts unlock`: lifts a suspension, and forgets the failed tries, of every kind, that slow its owner down. */
import type { Command } from 'commander';
import { unlockAccount } from '../core/people/suspend.ts';
import { namedAccount } from './named-account.ts';
import { done } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'unlock <login-name>',
  summary: 'lift a suspension and forget failed tries',
  more: 'Failed tries at passwords, activation keys and the codes of every second factor, from all browsers.',
  json: '{ account: { id, loginName, state } }',
};

export const addAccountsUnlock = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world, throttles) => {
      const account = await namedAccount(world, call.args[0] ?? '');
      await unlockAccount(world, throttles, call.actor, account);
      const { id, loginName } = account;
      const state = account.state === 'suspended' ? 'active' : account.state;
      return done([`${loginName} is unlocked (${state}).`], { account: { id, loginName, state } });
    }),
  );
