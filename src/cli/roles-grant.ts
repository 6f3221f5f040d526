/** `roles grant`: gives an account a role in Sekisho itself. */
import { Argument, type Command } from 'commander';
import { type AccessRole, accessRoles, planGrant, roleGrants } from '../core/access/role-grant.ts';
import { namedAccount } from './named-account.ts';
import { done } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'grant <login-name>',
  summary: 'give an account a role in Sekisho itself',
  json: '{ outcome: "granted" | "unchanged", account: { id, loginName }, role }',
};

export const addRolesGrant = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world) => {
      const account = await namedAccount(world, call.args[0] ?? '');
      // Commander has checked it against the choices.
      const role = call.args[1] as AccessRole;
      const { id, loginName } = account;
      const json = { account: { id, loginName }, role };
      if (await world.store.get(roleGrants, `${id}:${role}`)) {
        return done([`${loginName} has the role ${role} already.`], { outcome: 'unchanged', ...json });
      }
      await world.store.commit(planGrant(world, call.actor, id, role));
      return done([`${loginName} has the role ${role}.`], { outcome: 'granted', ...json });
    }),
  ).addArgument(new Argument('<role>', 'the role').choices(accessRoles));
