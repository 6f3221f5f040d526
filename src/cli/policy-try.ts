/** `policy try`: what a changed policy would do to the people there are. Reads, and changes nothing. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { locateFindings } from '../base/document/problem.ts';
import { readYamlFile } from '../base/document/yaml-file.ts';
import { judgePolicy } from '../config/judge-policy.ts';
import type { Config } from '../config/schema.ts';
import { allConnections, connectionById } from '../core/connections/registry.ts';
import { accounts } from '../core/people/account.ts';
import { openPolicy } from '../core/policy/policy.ts';
import type { PolicyRule } from '../core/policy/rule.ts';
import { strayConnections } from '../core/policy/stray-connections.ts';
import type { World } from '../core/world.ts';
import { configuredWays } from '../login/configured-ways.ts';
import { classAccounts } from '../login/policy-trial/account-classes.ts';
import { comparePolicies, type Trial } from '../login/policy-trial/compare.ts';
import { groupConnections } from '../login/policy-trial/connection-groups.ts';
import { parseCount } from './count-option.ts';
import { linesOfTrial } from './policy-trial-lines.ts';
import { progressBar } from './progress-bar.ts';
import { done, problemsReport } from './report.ts';
import { addVerb, type Call, onGround, type Run } from './verb.ts';

const words = {
  usage: 'try <file>',
  summary: 'say whom a changed policy would shut out, before it is saved',
  more: `The file holds a "policy" section, such as a changed copy of the configuration; nothing else in it is looked at. Every
active account is judged at every service that is for it, with what it has today: at worst, as if every rule about network and
browser held and no browser were trusted, and at best, as if none did. A client certificate that was never used here is not
known, and does not count. Nothing is changed.`,
  json: `{ accounts, connections, shutNow, shut: TALLY, opened, rules: [{ name, concerns, services, TALLY }],
services: [{ id, TALLY }], remarks: [string] }, TALLY: accounts, atBest, alone, desk, never, examples: [login name]`,
};

interface TryOptions {
  readonly config?: string;
  readonly connection?: string;
  readonly examples: number;
}

const options = [
  new Option('--connection <id>', 'at this service only'),
  new Option('--examples <count>', 'login names to show of each count').default(5).argParser(parseCount),
];

export const addPolicyTry = (parent: Command, run: Run): Command =>
  addVerb<TryOptions>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, { config }) => {
        const file = resolve(call.terminal.folder, call.args[0] ?? '');
        const { tree, problems, positionOf } = readYamlFile(file);
        if (problems.length > 0) return problemsReport(problems, 'nothing was tried');
        const judged = judgePolicy(tree, config);
        if (!judged.ok) return problemsReport(locateFindings(judged.findings, positionOf), 'nothing was tried');
        const { rules } = judged.policy;
        const trial = await tryPolicy(call, world, config, rules);
        const remarks = await remarksOn(world, rules);
        return done([...linesOfTrial(trial), ...remarks], { ...trial, remarks });
      }),
    options,
  );

async function tryPolicy(
  { options: { connection, examples }, terminal }: Call<TryOptions>,
  world: World,
  config: Config,
  rules: readonly PolicyRule[],
): Promise<Trial> {
  const all = connection === undefined ? await allConnections(world) : [await connectionById(world, connection)];
  const groups = groupConnections(all, openPolicy(config.policy.rules), openPolicy(rules));
  const bar = progressBar(terminal, await world.store.count(accounts, { index: 'byLoginName' }), 'accounts');
  const enrolmentWindow = config.enrolment.window;
  const classes = await classAccounts({ world, enrolmentWindow, examples, reached: bar.reach }).finally(bar.end);
  const means = {
    now: world.clock.now(),
    assurance: config.assurance,
    enrolment: config.enrolment,
    ...configuredWays(config),
    examples,
  };
  return comparePolicies(means, classes, groups, rules);
}

const remarksOn = async (world: World, rules: readonly PolicyRule[]): Promise<readonly string[]> =>
  strayConnections(
    rules,
    (await allConnections(world)).map(({ id }) => id),
  );
