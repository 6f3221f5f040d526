/** compose.yaml cannot be started by a test: its parts are held against each other, and its settings are loaded. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { parseDuration } from '../../src/base/duration.ts';
import { loadConfig } from '../../src/config/load.ts';
import { commandLine } from '../cli/command-line.ts';

interface Service {
  readonly image?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly networks: readonly string[] | Readonly<Record<string, { readonly ipv4_address?: string }>>;
  readonly depends_on?: Readonly<Record<string, unknown>> | readonly string[];
  readonly stop_grace_period?: string;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const text = readFileSync('compose.yaml', 'utf8');
/** As compose fills them in where nobody set them. */
const filled = text.replace(/\$\{\w+:-([^}]*)\}/g, '$1');
const { services, networks, volumes } = parse(filled, { merge: true }) as Compose;
const balance = readFileSync('config/compose/haproxy.cfg', 'utf8');
const image = readFileSync('Dockerfile', 'utf8');

const nodes = ['node-1', 'node-2'].map((name) => services[name] as Service);
const { balancer, set } = services as { readonly balancer: Service; readonly set: Service };
const members = Object.entries(services).filter(([, { command = [] }]) => command[0] === 'mongod');
const addressOf = ({ networks: joined }: Service): string | undefined =>
  (joined as Readonly<Record<string, { readonly ipv4_address?: string }>>).front?.ipv4_address;
const networksOf = ({ networks: joined }: Service): readonly string[] =>
  Array.isArray(joined) ? joined : Object.keys(joined);
const mountsOf = ({ volumes: mounts = [] }: Service) =>
  mounts.map((mount) => mount.split(':')).map(([from = '', to = '']) => ({ from, to }));

/** What the image sets, and over it the service. */
const environmentOf = ({ environment }: Service) => ({
  ...Object.fromEntries([...image.matchAll(/(SEKISHO__\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value])),
  ...environment,
});
const configOf = (service: Service) => {
  const file = mountsOf(service).find(({ to }) => to === '/etc/sekisho/sekisho.yaml')?.from ?? '';
  const loaded = loadConfig({ file, environment: environmentOf(service) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
};

describe('compose.yaml', () => {
  it('gives every node settings that there are, and the same', () => {
    for (const service of [...nodes, set]) expect(configOf(service).mode).toBe('production');
    expect(nodes.map(configOf)[0]).toEqual(nodes.map(configOf)[1]);
    expect(environmentOf(set)).toEqual(environmentOf(nodes[0] as Service));
  });

  it('names the members and their set as they are started', () => {
    const { url } = configOf(nodes[0] as Service).store;
    expect(members.length).toBeGreaterThanOrEqual(3);
    expect(url).toContain(`mongodb://${members.map(([name]) => name).join(',')}/`);
    for (const [, { command = [] }] of members) {
      expect(url).toContain(`replicaSet=${command[command.indexOf('--replSet') + 1]}`);
    }
  });

  it('believes the balancer about visitors, and nobody else', () => {
    expect(addressOf(balancer)).toBeDefined();
    expect(environmentOf(nodes[0] as Service).SEKISHO__SERVER__PROXY__TRUSTED).toBe(`[${addressOf(balancer)}/32]`);
    expect(balance).toMatch(/^ {2}option forwardfor$/m);
  });

  it('keeps the keys of all nodes in one volume, apart from the records', () => {
    const { directory } = configOf(nodes[0] as Service).keys;
    const keeping = nodes.map((node) => mountsOf(node).find(({ to }) => directory.startsWith(`${to}/`))?.from);
    expect(new Set(keeping)).toEqual(new Set(['keys']));
    const records = members.map(([, member]) => mountsOf(member).find(({ to }) => to === '/data/db')?.from);
    expect(new Set(records).size).toBe(members.length);
    expect(records).not.toContain('keys');
  });

  it('declares what it uses, and mounts what is there', () => {
    for (const service of Object.values(services)) {
      for (const network of networksOf(service)) expect(networks).toHaveProperty(network);
      for (const { from } of mountsOf(service)) {
        if (from.startsWith('.')) expect({ from, isThere: existsSync(from) }).toEqual({ from, isThere: true });
        else expect(volumes).toHaveProperty(from);
      }
      for (const name of Object.keys(service.depends_on ?? {})) {
        if (!Array.isArray(service.depends_on)) expect(services).toHaveProperty(name);
      }
    }
  });

  it('lets nobody at the members but the nodes', () => {
    expect(networks.records?.internal).toBe(true);
    for (const [, member] of members) expect(networksOf(member)).toEqual(['records']);
    expect(networksOf(balancer)).not.toContain('records');
    const published = Object.keys(services).filter((name) => services[name]?.ports !== undefined);
    expect(published).toEqual(['balancer']);
    expect(balancer.ports?.[0]).toMatch(/^127\.0\.0\.1:/);
  });

  it('waits for a node that ends as long as it may take', () => {
    for (const node of nodes) {
      const grace = parseDuration(node.stop_grace_period ?? '') ?? 0;
      expect(grace).toBeGreaterThan(configOf(node).server.drain + 10_000);
    }
  });

  it('says in its head which variables it takes', () => {
    const taken = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
    for (const name of taken) expect(text.split('\nname:')[0]).toContain(name);
  });
});

describe('what compose.yaml has a container do', () => {
  const cli = commandLine();
  it('is a verb that there is', async () => {
    const [verb = '', more = ''] = set.command ?? [];
    expect((await cli().sekisho([verb, more, '--help'])).out).toMatch(/^Usage: sekisho store initiate/);
  });
});

describe('the balancer', () => {
  const server = configOf(nodes[0] as Service);
  const timeout = (name: string): number =>
    parseDuration(new RegExp(`^ {2}timeout ${name} (\\w+)$`, 'm').exec(balance)?.[1] ?? '') ?? 0;

  it('knows every node where it listens', () => {
    const known = [...balance.matchAll(/^ {2}server \S+ (\S+)$/gm)].map(([, address]) => address);
    expect(known).toEqual(nodes.map((node) => `${addressOf(node)}:${server.server.listen.port}`));
    expect(balance).toMatch(/^ {2}bind :3000$/m);
    expect(balancer.ports).toEqual([expect.stringMatching(/:3000$/)]);
  });

  it('asks whether a node can serve, and gives it the time to say so during an election', () => {
    expect(balance).toContain('http-check send meth GET uri /readyz');
    expect(timeout('check')).toBeGreaterThan(2_000);
  });

  it('waits longer than a request may wait for a primary', () => {
    expect(timeout('server')).toBeGreaterThan(2 * server.store.mongo.deadline);
  });

  it('sends nothing twice that changes anything', () => {
    expect(balance).toContain('http-request disable-l7-retry unless METH_GET');
    expect(balance).toContain('option http-server-close');
  });
});
