/** `accounts withdraw-pass`: a temporary pass that came into the wrong hands opens nothing from now on. */
import type { Command } from 'commander';
import { planWithdrawPass } from '../core/credentials/temporary-pass.ts';
import { commitEnding } from '../core/sessions/end.ts';
import { namedAccount } from './named-account.ts';
import { done } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'withdraw-pass <login-name>',
  summary: 'take back a temporary pass, and end the sessions that were begun with it',
  more: 'A factor that was set up with it stays: see `factors list`.',
  json: '{ outcome: "withdrawn" | "unchanged", account: { id, loginName } }',
};

export const addAccountsWithdrawPass = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world, { derivedSessions }) => {
      const { id, loginName } = await namedAccount(world, call.args[0] ?? '');
      let isWithdrawn = false;
      await commitEnding(world, async () => {
        const writes = await planWithdrawPass(world, derivedSessions, call.actor, id);
        isWithdrawn = writes !== undefined;
        return writes ?? [];
      });
      const json = { account: { id, loginName } };
      if (!isWithdrawn) return done([`${loginName} has no temporary pass.`], { outcome: 'unchanged', ...json });
      return done([`${loginName}: the temporary pass is withdrawn.`], { outcome: 'withdrawn', ...json });
    }),
  );
