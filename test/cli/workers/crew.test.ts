/** Several processes behind one port, as an operator runs them: real processes, real signals, real logins. */
import { once } from 'node:events';
import { get as getPlainly } from 'node:http';
import { get as getByTls } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { certificateMeans } from '../../http/certificate-stage.ts';
import { oneFile, replicaSet } from '../../nodes/stores.ts';
import { mongodb } from '../../support/mongo/fresh-database.ts';
import { describeWith } from '../../support/needs.ts';
import { freePort } from '../../support/sekisho.ts';
import {
  complaints,
  type Line,
  Load,
  movingBrowser,
  partyAt,
  passed,
  type Running,
  sampleOf,
  untilNotReady,
  visit,
} from '../running-crew.ts';
import { describeCrew } from './describe-crew.ts';
import { openStage, type Stage } from './stage.ts';

describe('a server of two workers on one file', () => describeCrew(oneFile));

describeWith(mongodb, 'a server of two workers on one replica set', () => describeCrew(replicaSet));

describe('a server of two workers', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage(oneFile);
  });
  afterEach(() => stage?.close());

  it('listens once, on a port that it finds, and carries one login through both', async () => {
    const running = await stage.start();
    const workers = running.workers();
    expect(workers).toHaveLength(2);
    expect(running.lines.filter(({ listening }) => listening)).toMatchObject([
      { workers: 2, setupLink: expect.stringContaining('/setup/') },
    ]);
    const party = await partyAt(running);
    // Whoever is free takes the next request: soon one of these goes through the hands of both.
    while (loginsOfBoth(running) === 0) await visit(running, party, movingBrowser());
  }, 60_000);

  it('shares any free port, and the listener that asks for certificates, also with one that comes later', async () => {
    const means = certificateMeans();
    const port = await freePort();
    const running = await stage.start({
      SEKISHO__SERVER__LISTEN__PORT: '0',
      SEKISHO__SERVER__CERTIFICATEORIGIN: `https://localhost:${port}`,
      SEKISHO__SERVER__CERTIFICATES__LISTEN__PORT: String(port),
      SEKISHO__SERVER__CERTIFICATES__LISTEN__KEY: join(means.folder, 'key.pem'),
      SEKISHO__SERVER__CERTIFICATES__LISTEN__CERTIFICATE: join(means.folder, 'certificate.pem'),
      SEKISHO__CERTIFICATES__AUTHORITIES: JSON.stringify([means.authority.file]),
      SEKISHO__CERTIFICATES__REVOCATION__WHENSTALE: 'accept',
    });
    const found = running.lines.flatMap(({ listening }) => listening?.port ?? [])[0] ?? 0;
    const [first = 0] = running.workers();
    process.kill(first, 'SIGKILL');
    await running.until(({ msg }) => msg === 'a worker listens', 3);
    expect(await askBoth(running, `http://127.0.0.1:${found}/livez`)).toEqual(new Set([200]));
    // It serves other paths; that it does not serve this one is said by us.
    expect(await askBoth(running, `https://localhost:${port}/livez`)).toEqual(new Set([421]));
    means.close();
  }, 60_000);

  it('leaves nobody waiting for one that is killed', async () => {
    const running = await stage.start();
    let isOver = false;
    let answers = 0;
    const warm = Promise.withResolvers<void>();
    // So many that there is always one on its way to the worker that dies; cut off, they ask again.
    const asking = Array.from({ length: 40 }, async () => {
      while (!isOver) {
        answers += await statusOf(`${running.issuer}/livez`)
          .then(Boolean, () => false)
          .then(Number);
        if (answers > 200) warm.resolve();
      }
    });
    await warm.promise;
    process.kill(running.workers()[0] ?? 0, 'SIGKILL');
    await running.until(({ msg }) => msg === 'a worker listens', 3);
    isOver = true;
    expect(await Promise.all(asking)).toHaveLength(40);
  }, 60_000);

  it('replaces its workers one by one without failing a request, and keeps their counts', async () => {
    const running = await stage.start();
    const load = new Load(running, { mayRepeat: false });
    await load.start(6);
    await load.more(10);
    running.child.kill('SIGUSR2');
    const replaced = running.until(({ msg }) => msg === 'workers were replaced');
    expect(await readyUntil(replaced, running)).toEqual(new Set([200]));
    await load.more(10);
    await load.end();
    expect(load.failures).toEqual([]);
    expect(new Set(running.workers()).size).toBe(4);
    expect(await sampleOf(running, passed)).toBe(load.whole.length);
    expect(await sampleOf(running, 'sekisho_workers')).toBe(2);
    expect(await sampleOf(running, 'sekisho_worker_deaths_total')).toBe(0);
    expect(complaints(running)).toEqual([]);
  }, 90_000);

  it('leaves nobody behind who goes on serving when its first process is killed', async () => {
    const running = await stage.start();
    running.child.kill('SIGKILL');
    // `close` comes when nobody holds its output any more.
    expect(await once(running.child, 'close')).toEqual([null, 'SIGKILL']);
    await expect(statusOf(`${running.issuer}/livez`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }, 60_000);

  it('ends at once when it is asked again, and nobody stays behind', async () => {
    const running = await stage.start({ SEKISHO__SERVER__DRAIN: '5m' });
    running.child.kill('SIGTERM');
    await untilNotReady(running);
    const asking = setInterval(() => running.child.kill('SIGTERM'), 100).unref();
    // `close` comes when nobody holds its output any more: not before the workers are gone.
    expect(await once(running.child, 'close')).toEqual([143, null]);
    clearInterval(asking);
  }, 60_000);
});

/** How many logins more than one process had to do with. */
function loginsOfBoth({ lines }: Running): number {
  const byLogin = Map.groupBy(lines, ({ login }) => login);
  const isOfBoth = (of: readonly Line[]): boolean => new Set(of.map(({ pid }) => pid)).size > 1;
  return [...byLogin].filter(([login, of]) => login !== undefined && isOfBoth(of)).length;
}

/** Asks there until two processes have answered; with what status. */
async function askBoth({ lines }: Running, url: string): Promise<ReadonlySet<number | undefined>> {
  const from = lines.length;
  const pids = () => new Set(lines.slice(from).flatMap(({ msg, pid }) => (msg === 'request' ? [pid] : [])));
  const statuses = new Set<number | undefined>();
  while (pids().size < 2) statuses.add(await statusOf(url));
  return statuses;
}

/** Over a connection of its own. */
const statusOf = (url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const get = url.startsWith('https') ? getByTls : getPlainly;
    get(url, { agent: false, rejectUnauthorized: false }, (answer) => resolve(answer.resume().statusCode)).on(
      'error',
      reject,
    );
  });

/** What a balancer is told meanwhile. */
async function readyUntil(over: Promise<void>, { issuer }: Running): Promise<ReadonlySet<number>> {
  const seen = new Set<number>();
  let isOver = false;
  const ending = over.then(() => {
    isOver = true;
  });
  // A connection that is kept would see one worker alone.
  const headers = { connection: 'close' };
  while (!isOver) seen.add((await fetch(`${issuer}/readyz`, { headers })).status);
  await ending;
  return seen;
}
