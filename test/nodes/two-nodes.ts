/**
 * Two whole nodes of one installation on one store, whose clocks are a minute apart, and a balancer in front of them. The one
 * called `behind` is half a minute behind this machine's clock, `ahead` as much ahead of it: services have the machine's.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { FakeClock } from '../support/fake-clock.ts';
import { freePort, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { type Balancer, openBalancer } from './balancer.ts';
import type { FreshStore, OpenFreshStore } from './stores.ts';

export interface Node extends TestSekisho {
  readonly clock: FakeClock;
}

export interface TwoNodes {
  readonly behind: Node;
  readonly ahead: Node;
  /** Requests to the issuer go from now on to these, in turn. */
  aim(...nodes: readonly Node[]): void;
  /** Both clocks. */
  advance(milliseconds: number): void;
  /** What a telephone says: the time in the middle. */
  between(): number;
}

const offsets = { behind: -30_000, ahead: 30_000 };

/** To be called in a suite, for all of its tests: each finds nobody there, and the clocks as they were. */
export function twoNodes(openFreshStore: OpenFreshStore): () => TwoNodes {
  const ending: (() => Promise<void>)[] = [];
  let store: FreshStore;
  let nodes: TwoNodes;

  beforeAll(async () => {
    store = await openFreshStore();
    ending.push(() => store.drop());
    const directory = mkdtempSync(join(tmpdir(), 'sekisho-keys-'));
    ending.push(async () => rmSync(directory, { recursive: true, force: true }));
    const front = await freePort();
    const balancer = await openBalancer(front);
    ending.push(() => balancer.close());
    const open = async (): Promise<Node> => {
      const clock = new FakeClock();
      const environment = { SEKISHO__STORE__URL: store.url };
      const node = await startSekisho({ clock, directory, issuer: `http://localhost:${front}`, environment });
      ending.push(() => node.close());
      // Its jobs end, and it goes on serving: what tests look at, they do themselves.
      await node.app.drain();
      return { ...node, clock };
    };
    // At the same moment, on a store that nobody has opened before.
    nodes = nodesBehind(balancer, ...(await Promise.all([open(), open()])));
  }, 120_000);
  afterAll(async () => {
    for (const end of ending.splice(0).reverse()) await end();
  });

  beforeEach(async () => {
    await store.empty();
    const now = Date.now();
    nodes.behind.clock.advance(now + offsets.behind - nodes.behind.clock.now());
    nodes.ahead.clock.advance(now + offsets.ahead - nodes.ahead.clock.now());
    nodes.aim(nodes.behind, nodes.ahead);
  });
  return () => nodes;
}

function nodesBehind(balancer: Balancer, behind: Node, ahead: Node): TwoNodes {
  return {
    behind,
    ahead,
    aim: (...aimed) => balancer.aim(...aimed.map(({ app }) => app)),
    advance(milliseconds) {
      for (const { clock } of [behind, ahead]) clock.advance(milliseconds);
    },
    between: () => behind.clock.now() - offsets.behind,
  };
}
