/** `policy list`: what is demanded of logins now, by rules and by services. */
import type { Command } from 'commander';
import { allConnections } from '../core/connections/registry.ts';
import type { PolicyCondition } from '../core/policy/rule.ts';
import { strayConnections } from '../core/policy/stray-connections.ts';
import { done } from './report.ts';
import { tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list what logins to services must prove',
  json: `{ rules: [{ name, when, level, trustedBrowser?, words? }] (as in the configuration),
connections: [{ id, requiredLevel, trustedBrowser? }] (those with a level of their own),
remarks: [string] }`,
};

export const addPolicyList = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (world, { config }) => {
      const { rules } = config.policy;
      const all = await allConnections(world);
      const remarks = strayConnections(
        rules,
        all.map(({ id }) => id),
      );
      const connections = all.flatMap(({ id, requiredLevel, trustedBrowser }) =>
        requiredLevel === undefined ? [] : [{ id, requiredLevel, ...(trustedBrowser ? { trustedBrowser } : {}) }],
      );
      const rows = [
        ...rules.map(({ name, when, level, trustedBrowser = 'no' }) => [
          name,
          conditionText(when),
          level,
          trustedBrowser,
        ]),
        ...connections.map(({ id, requiredLevel, trustedBrowser = 'no' }) => [
          '',
          `every login to ${id}`,
          requiredLevel,
          trustedBrowser,
        ]),
      ];
      if (rows.length === 0) return done(['Nothing but a login is demanded.'], { rules, connections, remarks });
      const table = tableOf(['rule', 'when', 'level', 'trusted browser'], rows);
      return done([table, ...remarks], { rules, connections, remarks });
    }),
  );

const conditionWords: { readonly [Key in keyof Required<PolicyCondition>]: string } = {
  connections: 'to',
  stages: 'stage',
  roles: 'role',
  units: 'unit',
  accountKinds: 'account',
  groups: 'group',
  networks: 'from',
  outsideNetworks: 'from outside',
  newDevice: 'in a browser without a second factor so far',
};

/** One condition a line. */
function conditionText(when: PolicyCondition): string {
  const lines = Object.entries(conditionWords).flatMap(([key, text]) => {
    const value = when[key as keyof PolicyCondition];
    if (value === undefined) return [];
    return [value === true ? text : `${text} ${value.join(' or ')}`];
  });
  return lines.length === 0 ? 'every login to a service' : lines.join('\n');
}
