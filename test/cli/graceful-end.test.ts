/** A server that is asked to end, as a process of its own under load, behind what a balancer does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { leases } from '../../src/core/leases/lease.ts';
import { openGround } from '../../src/ground.ts';
import { jobsOf } from '../../src/node-jobs.ts';
import type { CookieBrowser } from '../support/cookie-browser.ts';
import { exchange, logIn, openParty } from '../support/relying-party.ts';
import { freePort, startSekisho, type TestSekisho, testConfig } from '../support/sekisho.ts';

const main = join(import.meta.dirname, '../../src/main.ts');
const kyoto = join(import.meta.dirname, '../../config/kyoto.yaml');
const children: ChildProcess[] = [];
const directory = mkdtempSync(join(tmpdir(), 'sekisho-end-'));

beforeAll(async () => {
  const sekisho = await startSekisho({ directory });
  await sekisho.addAccount();
  await sekisho.addConnection({ id: 'library' });
  await sekisho.close();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(directory, { recursive: true }));

interface Running {
  readonly child: ChildProcess;
  readonly issuer: string;
  readonly exited: Promise<readonly [code: number | null, signal: string | null]>;
  /** The lines of its log so far. */
  readonly log: string[];
}

async function start(drain: string): Promise<Running> {
  const port = String(await freePort());
  const issuer = `http://localhost:${port}`;
  const child = spawn(process.execPath, [main, 'start', '--json', '--config', kyoto], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      SEKISHO__MODE: 'development',
      SEKISHO__SERVER__ISSUER: issuer,
      SEKISHO__SERVER__LISTEN__PORT: port,
      SEKISHO__SERVER__DRAIN: drain,
      SEKISHO__STORE__URL: `sqlite:${join(directory, 'sekisho.db')}`,
      SEKISHO__KEYS__DIRECTORY: join(directory, 'keys'),
      SEKISHO__PASSWORD__ARGON2__MEMORYKIB: '64',
      SEKISHO__PASSWORD__ARGON2__ITERATIONS: '1',
    },
  });
  children.push(child);
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const log: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout as NonNullable<typeof child.stdout> }).on('line', (line) => {
      log.push(line);
      if (line.includes('"listening"')) resolve();
    });
    exited.then(([code]) => reject(new Error(`it ended with ${code}: ${log.join('\n')}`)), reject);
  });
  return { child, issuer, exited, log };
}

/** Until it says that it is not: the moment at which a balancer sends no more. */
async function untilNotReady(issuer: string): Promise<void> {
  while ((await fetch(`${issuer}/readyz`)).status === 200);
}

/** Single sign-ons one after another, each with a new visit to the token endpoint; answers how many were whole. */
async function visit({ issuer }: Running, browser: CookieBrowser, load: Load): Promise<void> {
  const visited = { issuer } as TestSekisho;
  const party = await openParty(visited, 'library');
  while (!load.isOver) {
    const { callback, begun } = await logIn(visited, party, browser);
    await exchange(party, callback, begun);
    load.whole += 1;
    if (load.whole === 30) load.warm.resolve();
  }
}

interface Load {
  isOver: boolean;
  whole: number;
  readonly warm: PromiseWithResolvers<void>;
}

/** Signed in one after another: of two who prove one password at the same moment, one is asked again. */
async function browsers({ issuer }: Running, count: number): Promise<readonly CookieBrowser[]> {
  const visited = { issuer } as TestSekisho;
  const party = await openParty(visited, 'library');
  const signedIn: CookieBrowser[] = [];
  while (signedIn.length < count) signedIn.push((await logIn(visited, party)).browser);
  return signedIn;
}

async function leasesHeld(): Promise<string[]> {
  const ground = await openGround(testConfig(directory));
  try {
    const records = await Promise.all(jobsOf(ground).map(({ name }) => ground.world.store.get(leases, name)));
    return records.filter((lease) => lease?.holder !== undefined).map((lease) => lease?.id ?? '');
  } finally {
    await ground.close();
  }
}

describe('a server that is asked to end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s fails no request, hands back every lease and exits with 0',
    async (signal) => {
      const running = await start('1s');
      const { child, issuer, exited, log } = running;
      const load: Load = { isOver: false, whole: 0, warm: Promise.withResolvers<void>() };
      const visits = (await browsers(running, 6)).map((browser) => visit(running, browser, load));
      await Promise.race([load.warm.promise, Promise.all(visits)]);
      child.kill(signal);
      await untilNotReady(issuer);
      // What was begun before the balancer knew is served to its end.
      load.isOver = true;
      expect(await Promise.allSettled(visits)).toEqual(visits.map(() => ({ status: 'fulfilled', value: undefined })));
      expect(await exited).toEqual([0, null]);
      expect(await leasesHeld()).toEqual([]);
      expect(log.filter((line) => /"level":[5-9]0/.test(line))).toEqual([]);
      expect(log.at(-1)).toContain('"ended"');
    },
    60_000,
  );

  it('ends at once when it is asked again', async () => {
    const { child, issuer, exited } = await start('5m');
    child.kill('SIGTERM');
    await untilNotReady(issuer);
    // Asked as often as an impatient person would; what comes within a second of the first is its echo.
    const asking = setInterval(() => child.kill('SIGTERM'), 100).unref();
    expect(await exited).toEqual([143, null]);
    clearInterval(asking);
  }, 60_000);
});
