/** What was sent and not answered is done once: over a line that breaks twice in a row, which is once more than the driver repeats. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openStore } from '../../../src/store/open.ts';
import { add, insert, remove, replace, type Store, type Stored, type Write } from '../../../src/store/port.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { tryMember } from '../../support/mongo/ask-member.ts';
import { type FreshDatabase, freshDatabase, mongodb } from '../../support/mongo/fresh-database.ts';
import { describeWith } from '../../support/needs.ts';
import { courses, sampleCollections, type Ticket, tickets } from '../contract/sample-records.ts';
import { type LossyLine, openLossyLine } from './lossy-line.ts';

describeWith(mongodb, 'a line that breaks', () => {
  let database: FreshDatabase;
  let line: LossyLine;
  let store: Store;
  let neighbour: Store;
  let test = 0;
  let id = '';
  const told: string[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    line = await openLossyLine(await primaryIn(database.url));
    const name = /\/([^/?]+)(\?|$)/.exec(database.url)?.[1];
    const url = `mongodb://127.0.0.1:${line.port}/${name}?directConnection=true`;
    const means = { collections: sampleCollections, clock: new FakeClock() };
    const watch = { writesFail: () => void told.push('fail'), writesRecovered: () => void told.push('recovered') };
    neighbour = await openStore({ ...means, url: database.url });
    store = await openStore({ ...means, url, watch });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await neighbour.close();
    await line.close();
    await database.drop();
  });
  beforeEach(async () => {
    test += 1;
    id = `t${test}`;
    await neighbour.commit([insert(tickets, { id, uses: 1 })]);
  });

  // None of it is an outage.
  afterEach(() => expect(told).toEqual([]));

  const held = async (): Promise<Stored<Ticket>> => (await neighbour.get(tickets, id)) as Stored<Ticket>;
  const addition = (uses: number): Write => add(tickets, id, { uses }, { id, uses });

  const losses = [
    ['before it arrives', 'command'],
    ['after it was done', 'answer'],
  ] as const;

  describe.each(losses)('%s', (_, lost) => {
    it('inserts once', async () => {
      line.lose({ command: 'insert', lost, times: 2 });
      await store.commit([insert(courses, { id, title: 'Kamo' })]);
      expect(line.losses).toBe(2);
      expect(await neighbour.get(courses, id)).toEqual({ id, title: 'Kamo', version: 1 });
    }, 30_000);

    it('replaces once', async () => {
      const read = await held();
      line.lose({ command: 'update', lost, times: 2 });
      await store.commit([replace(tickets, { ...read, holder: 'Hanako' })]);
      expect(line.losses).toBe(2);
      expect(await held()).toEqual({ id, uses: 1, holder: 'Hanako', version: 2 });
    }, 30_000);

    it('adds once', async () => {
      line.lose({ command: 'update', lost, times: 2 });
      await store.commit([addition(3)]);
      expect(line.losses).toBe(2);
      expect(await held()).toEqual({ id, uses: 4, version: 2 });
    }, 30_000);

    it('removes a version once, and says so', async () => {
      line.lose({ command: 'delete', lost, times: 2 });
      await store.commit([remove(tickets, id, 1)]);
      expect(line.losses).toBe(2);
      expect(await neighbour.get(tickets, id)).toBeUndefined();
    }, 30_000);

    it('ends a transaction once', async () => {
      line.lose({ command: 'commitTransaction', lost, times: 2 });
      await store.commit([addition(3), insert(courses, { id, title: 'Kamo' })]);
      expect(line.losses).toBe(2);
      expect(await held()).toEqual({ id, uses: 4, version: 2 });
      expect(await neighbour.get(courses, id)).toEqual({ id, title: 'Kamo', version: 1 });
    }, 30_000);

    it('begins a transaction anew, and does it once', async () => {
      line.lose({ command: 'update', lost, times: 2 });
      await store.commit([addition(3), insert(courses, { id, title: 'Kamo' })]);
      expect(line.losses).toBe(2);
      expect(await held()).toEqual({ id, uses: 4, version: 2 });
    }, 30_000);

    it('reads in spite of it', async () => {
      line.lose({ command: 'find', lost, times: 2 });
      expect(await store.get(tickets, id)).toEqual({ id, uses: 1, version: 1 });
      expect(line.losses).toBe(2);
    }, 30_000);
  });

  describe('while a neighbour goes on with what was done', () => {
    const loseAnswers = (command: 'insert' | 'update' | 'delete', meanwhile: () => Promise<void>) =>
      line.lose({ command, lost: 'answer', times: 2, meanwhile });

    it('adds once', async () => {
      loseAnswers('update', () => neighbour.commit([addition(10)]));
      await store.commit([addition(3)]);
      expect(await held()).toEqual({ id, uses: 14, version: 3 });
    }, 30_000);

    it('hears of no conflict with what came after its replace', async () => {
      const read = await held();
      loseAnswers('update', async () => neighbour.commit([replace(tickets, { ...(await held()), uses: 7 })]));
      await store.commit([replace(tickets, { ...read, holder: 'Hanako' })]);
      expect(await held()).toEqual({ id, uses: 7, holder: 'Hanako', version: 3 });
    }, 30_000);

    it('inserts nothing anew where its record is gone already', async () => {
      loseAnswers('insert', () => neighbour.commit([remove(courses, id)]));
      await store.commit([insert(courses, { id, title: 'Kamo' })]);
      expect(await neighbour.get(courses, id)).toBeUndefined();
    }, 30_000);

    it('removes nothing that came after', async () => {
      loseAnswers('delete', () => neighbour.commit([insert(tickets, { id, uses: 5 })]));
      await store.commit([remove(tickets, id)]);
      expect((await held()).uses).toBe(5);
    }, 30_000);
  });
});

async function primaryIn(url: string): Promise<{ host: string; port: number }> {
  const hosts = /^mongodb:\/\/(?:[^@]*@)?([^/]+)/.exec(url)?.[1]?.split(',') ?? [];
  for (const address of hosts) {
    const [host = '', port] = address.split(':');
    if ((await tryMember(address, { hello: 1 }))?.isWritablePrimary === true) return { host, port: Number(port) };
  }
  throw new Error('no primary');
}
