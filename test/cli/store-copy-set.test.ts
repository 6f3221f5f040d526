import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type FreshDatabase, freshDatabase, mongodb } from '../support/mongo/fresh-database.ts';
import { describeWith } from '../support/needs.ts';
import { freePort } from '../support/sekisho.ts';
import { commandLine } from './command-line.ts';
import { addPerson, eventsOf, groundAt, hasAccount, killCopy, manyEvents, on, urlIn } from './store-copy-stage.ts';

const cli = commandLine();
const file = (name: string): string => urlIn(cli(), name);
const copy = (from: string, to: string) => cli().json(['store', 'copy', '--from', from, '--to', to]);

/** A server on this store, until it is told to stop. */
async function startServer(url: string): Promise<() => Promise<unknown>> {
  const port = String(await freePort());
  const environment = {
    ...on(url).environment,
    SEKISHO__SERVER__ISSUER: `http://localhost:${port}`,
    SEKISHO__SERVER__LISTEN__PORT: port,
  };
  const stopped = Promise.withResolvers<void>();
  const printed = Promise.withResolvers<string>();
  const untilStopped = () => stopped.promise;
  const ended = cli().sekisho(['start'], { environment, untilStopped, onOut: printed.resolve });
  await Promise.race([printed.promise, ended.then(({ err }) => Promise.reject(new Error(err)))]);
  return () => {
    stopped.resolve();
    return ended;
  };
}

describeWith(mongodb, 'store copy to a replica set and back', () => {
  let database: FreshDatabase;
  beforeEach(async () => {
    database = await freshDatabase();
    expect((await addPerson(cli(), 'a0123456')).exitCode).toBe(0);
  }, 120_000);
  afterEach(() => database.drop());

  it('brings every record there and back, after it was killed on either way', async () => {
    await manyEvents(cli(), 2_500);
    await killCopy(file('sekisho.db'), database.url, 2_000);
    const refused = await cli().sekisho(['audit', 'list'], on(database.url));
    expect(refused).toMatchObject({ exitCode: 1, err: expect.stringContaining('in part only') });
    expect((await cli().sekisho(['doctor'], on(database.url))).err).toContain('was copied in part only');
    const there = await copy(file('sekisho.db'), database.url);
    expect(there).toMatchObject({ ok: true, stage: 'copied', from: { engine: 'sqlite' }, to: { engine: 'mongodb' } });
    expect(await groundAt(cli(), database.url, (ground) => hasAccount(ground, 'a0123456'))).toBe(true);
    expect((await cli().sekisho(['audit', 'verify'], on(database.url))).exitCode).toBe(0);
    await killCopy(database.url, file('back.db'), 2_000);
    const back = await copy(database.url, file('back.db'));
    expect(back).toMatchObject({ ok: true, stage: 'copied', from: { engine: 'mongodb' }, to: { engine: 'sqlite' } });
    const events = await groundAt(cli(), file('back.db'), (ground) => eventsOf(ground, 'store.copied'));
    // Who opens a ground does some work of his own, so what came back is held against what it was copied from.
    expect(events.map(({ facts }) => 'digest' in facts && facts.digest)).toEqual([there.checksum, back.checksum]);
    expect((await cli().sekisho(['audit', 'verify'], on(file('back.db')))).exitCode).toBe(0);
  }, 180_000);

  it('is refused while a server works on the set, names it, and is let through when that has ended', async () => {
    expect(await copy(file('sekisho.db'), database.url)).toMatchObject({ stage: 'copied' });
    const stop = await startServer(database.url);
    try {
      expect(await copy(database.url, file('back.db'))).toMatchObject({
        ok: false,
        refused: [{ reason: 'running', message: expect.stringMatching(/^Servers work on mongodb:.*Stop them all/) }],
      });
    } finally {
      await stop();
    }
    expect(await copy(database.url, file('back.db'))).toMatchObject({ ok: true, stage: 'copied' });
  }, 120_000);

  it('says nothing of the password in the address', async () => {
    const url = database.url.replace('mongodb://', 'mongodb://someone:hunter2@');
    const { exitCode, out, err } = await cli().sekisho(['store', 'copy', '--to', url, '--verbose']);
    expect(exitCode).toBe(1);
    expect(out + err).not.toContain('hunter2');
  });
});
