/** `accounts unlock`: lifts a suspension, forgets the failed tries that slow its owner down, and says what comes next. */
import type { Command } from 'commander';
import { unlockAccount } from '../core/people/suspend.ts';
import { namedAccount } from './named-account.ts';
import { done } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'unlock <login-name>',
  summary: 'lift a suspension and forget failed tries',
  more: 'Failed tries at passwords, activation keys and the codes of every second factor, from all browsers. Where its owner stopped the account ("this was not me"), the password from before is taken away: they activate the account with a new key.',
  json: '{ account: { id, loginName, state }, isPasswordGone }',
};

export const addAccountsUnlock = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world, throttles) => {
      const account = await namedAccount(world, call.args[0] ?? '');
      const { isPasswordGone } = await unlockAccount(world, throttles, call.actor, account);
      const { id, loginName } = account;
      const state = account.state === 'suspended' ? 'active' : account.state;
      const next = isPasswordGone
        ? [
            `${loginName}: the password from before it was stopped is gone; next: sekisho accounts issue-key ${loginName} --handed in-person`,
          ]
        : [];
      return done([`${loginName} is unlocked (${state}).`, ...next], {
        account: { id, loginName, state },
        isPasswordGone,
      });
    }),
  );
