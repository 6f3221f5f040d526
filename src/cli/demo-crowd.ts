/** `demo-data`: fills an empty store with an invented university of any size, to see how Sekisho carries it. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { isProduction } from '../config/rules/production.ts';
import { fullMatch } from '../config/schema/fields/pattern.ts';
import type { Config } from '../config/schema.ts';
import { connections } from '../core/connections/connection.ts';
import { accounts } from '../core/people/account.ts';
import type { World } from '../core/world.ts';
import type { CrowdUnit } from '../demo/crowd/connections.ts';
import { enterCrowd } from '../demo/crowd/enter-crowd.ts';
import { type Campus, crowdPerson, largestCrowd, markOf, studyName, workName } from '../demo/crowd/people.ts';
import type { Ground } from '../ground.ts';
import { parseCount } from './count-option.ts';
import { progressBar } from './progress-bar.ts';
import { done, type Report } from './report.ts';
import { refusal } from './store-in-files.ts';
import { addChangingVerb, type Call, configOf, onGround, type Run } from './verb.ts';

const words = {
  usage: 'demo-data',
  summary: 'fill an empty store with invented people and services, by the million if need be',
  more: `All have the same password, and share one hash of it that is made once: a million hashes would take hours. The same
seed gives the same people. Refused in production, and on a store that holds any account or connection; what was
interrupted is not continued, so begin again with an empty store. A million accounts take a few minutes and 3 GB.`,
  json: '{ accounts, connections, seed, password, examples: [loginName] }; refused: { refused: [{ reason, message }] }',
};

/** Accepted by every preset; printed, so that it can be used. */
const password = 'Kamo7gawaTobi';

interface Options {
  readonly config?: string;
  readonly accounts: number;
  readonly connections: number;
  readonly seed: string;
  readonly store?: string;
}

const options = [
  new Option('--accounts <count>', 'persons, with one account each').argParser(parseCrowd).default(1_000),
  new Option('--connections <count>', 'services').argParser(parseCount).default(100),
  new Option('--seed <text>', 'another gives other people').default('sekisho'),
  new Option('--store <url>', 'instead of the configured store.url'),
];

export const addDemoCrowd = (parent: Command, run: Run): Command =>
  addChangingVerb<Options>(parent, run, words, fill, options);

async function fill(call: Call<Options>): Promise<Report> {
  const config = configOf(call);
  if (isProduction(config)) {
    return refusal('production', 'Refused in production: everybody could know the password of these people.');
  }
  const university = universityOf(config);
  if ('refused' in university) return university.refused;
  const { store } = call.options;
  const { terminal } = call;
  const environment =
    store === undefined ? terminal.environment : { ...terminal.environment, SEKISHO__STORE__URL: store };
  return onGround({ ...call, terminal: { ...terminal, environment } }, async (world, ground) => {
    if (await holdsAnything(world)) {
      return refusal('not_empty', 'Refused: the store holds accounts or connections already.');
    }
    return enter(call, world, ground, university);
  });
}

async function enter(call: Call<Options>, world: World, ground: Ground, university: University): Promise<Report> {
  const { accounts: people, connections: services, seed } = call.options;
  const hash = await ground.hasher.hash(password);
  const wishes = {
    seed,
    accounts: people,
    connections: services,
    ...university,
    hash,
    preset: ground.passwordKeeping.preset,
  };
  const bar = progressBar(call.terminal, people + services, 'accounts and connections');
  try {
    await enterCrowd(world, call.actor, wishes, bar.reach);
  } finally {
    bar.end();
  }
  const now = world.clock.now();
  const examples = Array.from(
    { length: Math.min(people, 5) },
    (_, index) => crowdPerson(university.campus, seed, index, now).account.loginName,
  );
  return done(
    [
      `${people} accounts and ${services} connections.`,
      `Everybody's password is ${password} (one hash for all). For example: ${examples.join(', ')}`,
    ],
    { accounts: people, connections: services, seed, password, examples },
  );
}

interface University {
  readonly campus: Campus;
  readonly units: readonly [CrowdUnit, ...CrowdUnit[]];
}

/** Whatever is configured, as long as it has units and login names of the forms that are made here. */
function universityOf({ units, accounts: { kinds }, university, terms }: Config): University | { refused: Report } {
  const [first, ...others] = Object.entries(units).map(([id, { name }]) => ({ id, name }));
  if (first === undefined) return { refused: refusal('no_units', 'Refused: the configuration names no units.') };
  const kindFor = (example: string) =>
    Object.entries(kinds).find(([, { loginName }]) => fullMatch(loginName.pattern).test(example))?.[0];
  const study = kindFor(studyName(1));
  const work = kindFor(workName('Kyoto', 'Taro', markOf(largestCrowd)));
  if (study === undefined || work === undefined) {
    const message = `Refused: no kind of account takes login names like ${studyName(1)} or ${workName('Kyoto', 'Taro', markOf(1))}.`;
    return { refused: refusal('login_names', message) };
  }
  return {
    units: [first, ...others],
    campus: {
      units: [first.id, ...others.map(({ id }) => id)],
      kinds: { study, work },
      mailDomain: university.scope,
      termsVersion: terms?.version,
    },
  };
}

async function holdsAnything({ store }: World): Promise<boolean> {
  const [anybody, anything] = await Promise.all([
    store.find(accounts, { index: 'byLoginName', limit: 1 }),
    store.find(connections, { index: 'byState', limit: 1 }),
  ]);
  return anybody.records.length + anything.records.length > 0;
}

/** @throws InvalidArgumentError */
function parseCrowd(text: string): number {
  const count = parseCount(text);
  if (count > largestCrowd) throw new InvalidArgumentError(`Expected ${largestCrowd} at most.`);
  return count;
}
