/**
 * Two nodes on a replica set of three under load, with the settings that MongoDB has by itself, while something befalls them. Nobody may
 * be left standing, and afterwards everything that anybody was told is asked for.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNode } from '../nodes/node-process.ts';
import { type ReplicaSet, startReplicaSet } from '../support/mongo/replica-set.ts';
import { freePort, type SekishoWishes, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { openFront } from './front.ts';
import type { Done } from './person.ts';
import { type SetFault, type Stage, setFaults } from './set-faults.ts';
import { type Judgement, judge } from './set-judge.ts';
import { beginLoad, errandsOf } from './set-load.ts';

export interface SetReport extends Judgement {
  readonly fault: SetFault;
  readonly logins: number;
  /** Requests that were asked a second time; and people whom the service sent round again, without anything to type. */
  readonly retries: number;
  readonly sentAgain: number;
  /** Milliseconds until there was another primary. */
  readonly election?: number;
  /** Milliseconds from a click to its page, of everybody, retries within; the longest is the pause that the fault cost. */
  readonly click: { readonly p50: number; readonly p99: number; readonly longest: number };
  /** Milliseconds from the service's link to its tokens, without the time in which a person would read and type. */
  readonly login: { readonly p50: number; readonly p99: number };
}

export interface SetWishes {
  readonly fault: SetFault;
  readonly people: number;
  readonly services: number;
  /** One of its own, with MongoDB's settings, unless said. */
  readonly set?: ReplicaSet;
  readonly say?: (line: string) => void;
}

export async function setRound(wishes: SetWishes): Promise<SetReport> {
  const ending: (() => Promise<void> | void)[] = [];
  try {
    return await playedOut(wishes, (end) => void ending.unshift(end));
  } finally {
    for (const end of ending) await end();
  }
}

async function playedOut(
  { fault, people, services, set: given, say = () => undefined }: SetWishes,
  atEnd: (end: () => Promise<void> | void) => void,
): Promise<SetReport> {
  const set = given ?? (await startReplicaSet());
  if (!given) atEnd(() => set.close());
  const directory = mkdtempSync(join(tmpdir(), 'sekisho-set-'));
  atEnd(() => rmSync(directory, { recursive: true, force: true }));
  const front = await freePort();
  const issuer = `http://localhost:${front}`;
  const node: SekishoWishes = { directory, issuer, environment: environmentFor(set.url(fault)) };
  const queues = await withSekisho(node, (sekisho) => peopleAndServices(sekisho, people, services));
  const stage: Stage = { set, front: await openFront(front), wishes: node, nodes: [] };
  atEnd(() => stage.front.close());
  atEnd(async () => void (await Promise.all(stage.nodes.map((one) => one.kill()))));
  stage.nodes.push(await startNode(node, 0), await startNode(node, 0));
  stage.front.aim(...stage.nodes.map(({ address }) => address.port));

  const load = beginLoad(issuer, queues);
  const logins = people * services;
  await load.reached(Math.ceil(logins / 4));
  const { election, end } = await setFaults[fault].begin(stage);
  say(
    `${fault}: after ${load.done.length} logins${election ? `; another primary after ${Math.round(election)} ms` : ''}`,
  );
  await load.reached(Math.ceil(logins / 2));
  await end();
  say(`it is over after ${load.done.length} logins`);
  await load.over;
  await set.settled();
  const judged = await withSekisho(node, ({ ground }) => judge(issuer, ground, load.done));
  const failures = [...load.failed, ...judged.failures];
  return { fault, ...figuresOf(load.done), ...(election && { election: Math.round(election) }), ...judged, failures };
}

const environmentFor = (url: string): Readonly<Record<string, string>> => ({
  SEKISHO__STORE__URL: url,
  SEKISHO__LOG__LEVEL: 'warn',
  SEKISHO__OIDC__TOKENS__AUTHORIZATIONCODE: '10m',
  SEKISHO__SERVER__PROXY__TRUSTED: '[127.0.0.0/8]',
  SEKISHO__LOGIN__THROTTLE__ADDRESS__FREE: '1000',
});

async function withSekisho<Result>(
  wishes: SekishoWishes,
  work: (sekisho: TestSekisho) => Promise<Result>,
): Promise<Result> {
  const sekisho = await startSekisho(wishes);
  try {
    return await work(sekisho);
  } finally {
    await sekisho.close();
  }
}

async function peopleAndServices(sekisho: TestSekisho, people: number, services: number) {
  const names = Array.from({ length: people }, (_, number) => `a${String(1_000_000 + number)}`);
  const accounts = await Promise.all(names.map((loginName) => sekisho.addAccount({ loginName })));
  const ids = Array.from({ length: services }, (_, number) => `library-${number}`);
  await Promise.all(ids.map((id) => sekisho.addConnection({ id, consent: 'once' })));
  return errandsOf(accounts, ids);
}

function figuresOf(done: readonly Done[]) {
  const clicks = done.flatMap(({ waits }) => waits).sort((a, b) => a - b);
  const logins = done.map(({ waits }) => waits.reduce((sum, wait) => sum + wait, 0)).sort((a, b) => a - b);
  const at = (sorted: readonly number[], share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return {
    logins: done.length,
    retries: done.reduce((sum, { browser }) => sum + browser.retries, 0),
    sentAgain: done.filter(({ wasSentAgain }) => wasSentAgain).length,
    click: { p50: at(clicks, 0.5), p99: at(clicks, 0.99), longest: at(clicks, 1) },
    login: { p50: at(logins, 0.5), p99: at(logins, 0.99) },
  };
}
