/** Records that were read before are answered from memory, and never as they stood before a change that is acknowledged. */
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hours, minutes } from '../../../src/base/duration.ts';
import { findOne, insert, remove, replace, type Store, type Write } from '../../../src/store/port.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { courses, sampleCollections, tickets } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

describe('a record that was read before', () => {
  const nextFile = temporaryFiles();
  let path: string;
  let clock: FakeClock;
  let here: Store;
  let elsewhere: Store;

  beforeEach(() => {
    path = nextFile();
    clock = new FakeClock();
    const open = () => openSqlite({ path, collections: sampleCollections, clock });
    here = open();
    elsewhere = open();
  });
  afterEach(async () => {
    await elsewhere.close();
    await here.close();
  });

  /** As somebody with the engine's own tool would, in an event of its own. */
  async function byHand(sql: string): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  }

  const codeOf = async (id: string) => (await here.get(courses, id))?.code;

  it('is the same, and nobody can change it, until it is written', async () => {
    await here.commit([insert(courses, { id: 'c', code: 'A', words: ['w'] })]);
    const first = await here.get(courses, 'c');
    if (!first) throw new Error('not stored');
    expect(await here.get(courses, 'c')).toBe(first);
    const found = await findOne(here, courses, 'code', 'A');
    expect(found).toEqual(first);
    expect(await findOne(here, courses, 'code', 'A')).toBe(found);
    expect(Object.isFrozen(first) && Object.isFrozen(first.words)).toBe(true);
    await here.commit([replace(courses, { ...first, code: 'B' })]);
    expect(await here.get(courses, 'c')).toEqual({ ...first, code: 'B', version: 2 });
  });

  it('is not answered once it is gone, here or elsewhere', async () => {
    await here.commit([insert(courses, { id: 'a' }), insert(courses, { id: 'b' })]);
    await Promise.all([here.get(courses, 'a'), here.get(courses, 'b')]);
    await here.commit([remove(courses, 'a')]);
    expect(await here.get(courses, 'a')).toBeUndefined();
    await elsewhere.commit([remove(courses, 'b')]);
    expect(await here.get(courses, 'b')).toBeUndefined();
  });

  it('is as somebody else left it, as soon as that is acknowledged', async () => {
    await here.commit([insert(courses, { id: 'c', code: '0' })]);
    for (let round = 1; round < 50; round += 1) {
      await codeOf('c');
      const found = await elsewhere.get(courses, 'c');
      if (!found) throw new Error('not stored');
      await elsewhere.commit([replace(courses, { ...found, code: String(round) })]);
      expect(await codeOf('c')).toBe(String(round));
    }
  });

  it('does not hold a value that has gone to another', async () => {
    await here.commit([insert(courses, { id: 'a', code: 'X' })]);
    const a = await findOne(here, courses, 'code', 'X');
    if (!a) throw new Error('not stored');
    await elsewhere.commit([replace(courses, { ...a, code: 'Y' })]);
    expect(await findOne(here, courses, 'code', 'X')).toBeUndefined();
    await elsewhere.commit([insert(courses, { id: 'b', code: 'X' })]);
    expect((await findOne(here, courses, 'code', 'X'))?.id).toBe('b');
    expect((await findOne(here, courses, 'code', 'Y'))?.id).toBe('a');
  });

  it('ends when it says, and does not come back with a clock that is set back', async () => {
    await here.commit([insert(tickets, { id: 't', uses: 0, endsAt: clock.now() + minutes(1) })]);
    expect(await here.get(tickets, 't')).toBeDefined();
    clock.advance(minutes(1));
    expect(await here.get(tickets, 't')).toBeUndefined();
    await elsewhere.sweep(10);
    clock.advance(-hours(1));
    expect(await here.get(tickets, 't')).toBeUndefined();
  });

  it('is gone where another took the value that it held, by a clock by which it had ended', async () => {
    await here.commit([insert(tickets, { id: 't', uses: 0, seat: 'A1', endsAt: clock.now() + minutes(1) })]);
    expect((await findOne(here, tickets, 'seat', 'A1'))?.id).toBe('t');
    clock.advance(minutes(2));
    await elsewhere.commit([insert(tickets, { id: 'u', uses: 0, seat: 'A1', endsAt: clock.now() + minutes(1) })]);
    clock.advance(-minutes(2));
    expect((await findOne(here, tickets, 'seat', 'A1'))?.id).toBe('u');
    expect(await here.get(tickets, 't')).toBeUndefined();
  });

  it('is read again when somebody has edited the file by hand', async () => {
    await here.commit([insert(courses, { id: 'c', code: 'A' })]);
    expect(await codeOf('c')).toBe('A');
    await byHand(`UPDATE record_courses SET body = json_set(body, '$.code', 'B') WHERE id = 'c'`);
    expect(await codeOf('c')).toBe('B');
  });

  it('is right after more changes elsewhere than are remembered, and after one with very many records', async () => {
    await here.commit([insert(courses, { id: 'c', code: 'A' })]);
    await codeOf('c');
    const found = await elsewhere.get(courses, 'c');
    if (!found) throw new Error('not stored');
    await elsewhere.commit([replace(courses, { ...found, code: 'B' })]);
    for (let group = 0; group < 400; group += 1) await elsewhere.commit([insert(courses, { id: `c${group}` })]);
    expect(await codeOf('c')).toBe('B');
    const many = Array.from({ length: 600 }, (_, index) => insert(courses, { id: `m${index}` }));
    await elsewhere.commit([...many, replace(courses, { ...found, version: 2, code: 'C' })]);
    expect(await codeOf('c')).toBe('C');
    expect(await here.get(courses, 'm0')).toBeDefined();
    // What tells of them stays small.
    expect(Number(oneRow('SELECT count(*) AS n FROM change').n)).toBeLessThan(400);
    expect(oneRow('SELECT keys FROM change ORDER BY number DESC LIMIT 1')).toEqual({ keys: null });
  });

  it('is read again after a change also where it was nearly let go', async () => {
    const ids = Array.from({ length: 1_100 }, (_, index) => `c${index}`);
    await here.commit(ids.map((id) => insert(courses, { id, code: id })));
    for (const id of ids) await codeOf(id);
    const found = await elsewhere.get(courses, 'c0');
    if (!found) throw new Error('not stored');
    await elsewhere.commit([replace(courses, { ...found, code: 'changed' })]);
    expect(await codeOf('c0')).toBe('changed');
  });

  it('is let go when many others were asked for since, and is read again', async () => {
    const ids = Array.from({ length: 2_500 }, (_, index) => `c${index}`);
    await here.commit(ids.map((id) => insert(courses, { id, code: id })));
    const first = await here.get(courses, 'c0');
    for (const id of ids) expect(await codeOf(id)).toBe(id);
    const again = await here.get(courses, 'c0');
    expect(again).toEqual(first);
    expect(again).not.toBe(first);
  });

  const titled = (length: number): string => 'x'.repeat(length);

  it('is kept at the length of a service with four large certificates, and is read each time when it is far longer', async () => {
    const titles = { service: titled(10_000), report: titled(40_000) };
    await here.commit(Object.entries(titles).map(([id, title]) => insert(courses, { id, code: id, title })));
    expect(await here.get(courses, 'service')).toBe(await here.get(courses, 'service'));
    const report = await here.get(courses, 'report');
    expect(report?.title).toBe(titles.report);
    expect(await here.get(courses, 'report')).not.toBe(report);
    expect(await here.get(courses, 'report')).toEqual(report);
    expect(await findOne(here, courses, 'code', 'report')).toEqual(report);
    expect(await findOne(here, courses, 'code', 'report')).toEqual(report);
  });

  it('is as it was left, by whatever others make of its length', async () => {
    await here.commit([insert(courses, { id: 'c', code: 'C', title: '' })]);
    for (const length of [1, 40_000, 40_001, 2, 40_000, 3]) {
      const found = await elsewhere.get(courses, 'c');
      if (!found) throw new Error('not stored');
      await elsewhere.commit([replace(courses, { ...found, title: titled(length) })]);
      expect((await here.get(courses, 'c'))?.title).toHaveLength(length);
      expect((await findOne(here, courses, 'code', 'C'))?.title).toHaveLength(length);
    }
    await elsewhere.commit([remove(courses, 'c')]);
    expect(await here.get(courses, 'c')).toBeUndefined();
    expect(await findOne(here, courses, 'code', 'C')).toBeUndefined();
  });

  it.each([10, 40_000])('is never older than what the same event has read of it (%d characters)', async (length) => {
    await here.commit([insert(courses, { id: 'c', code: 'C' })]);
    await codeOf('c');
    await new Promise((resolve) => setImmediate(resolve));
    const database = new DatabaseSync(path);
    // Asks what has changed, for this event, and takes no state of the file: the answer is at hand.
    await codeOf('c');
    database.prepare(`UPDATE record_courses SET body = json_set(body, '$.title', ?)`).run(titled(length));
    database.close();
    expect((await findOne(here, courses, 'code', 'C'))?.title).toHaveLength(length);
    expect((await here.get(courses, 'c'))?.title).toHaveLength(length);
  });

  it('is let go when much was asked for since, and not before', async () => {
    const ids = Array.from({ length: 150 }, (_, index) => `c${index}`);
    await here.commit([
      insert(courses, { id: 'first' }),
      ...ids.map((id) => insert(courses, { id, title: titled(30_000) })),
    ]);
    const first = await here.get(courses, 'first');
    // A change of it again and again takes the room of one only.
    for (let round = 0; round < 200; round += 1) {
      const found = await here.get(courses, 'c0');
      if (!found) throw new Error('not stored');
      await here.commit([replace(courses, { ...found, words: [String(round)] })]);
    }
    for (const id of ids.slice(0, 60)) await here.get(courses, id);
    expect(await here.get(courses, 'first')).toBe(first);
    for (const id of ids) await here.get(courses, id);
    const again = await here.get(courses, 'first');
    expect(again).toEqual(first);
    expect(again).not.toBe(first);
  });

  it('is what the file holds, whoever of two wrote in whatever order', async () => {
    const step = fc.record({
      by: fc.boolean(),
      what: fc.constantFrom('read', 'find', 'write', 'remove', 'both'),
      id: fc.constantFrom('p', 'q', 'r'),
      code: fc.constantFrom('1', '2', '3', '4'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        for (const id of ['p', 'q', 'r']) await here.commit([remove(courses, id)]);
        for (const { by, what, id, code } of steps) {
          const store = by ? here : elsewhere;
          const other = by ? elsewhere : here;
          const found = await store.get(courses, id);
          const write: Write = found ? replace(courses, { ...found, code }) : insert(courses, { id, code });
          // A value that another record holds is refused; then nothing has changed.
          if (what === 'write') await store.commit([write]).catch(() => undefined);
          if (what === 'remove') await store.commit([remove(courses, id)]);
          if (what === 'both')
            await Promise.allSettled([
              store.commit([write]),
              other.commit([remove(courses, id)]),
              other.get(courses, id),
            ]);
          if (what === 'find') await findOne(store, courses, 'code', code);
          expect(await other.get(courses, id)).toEqual(rowOf('id = ?', id));
          expect(await findOne(store, courses, 'code', code)).toEqual(rowOf(`body ->> 'code' = ?`, code));
        }
      }),
      { numRuns: 60 },
    );
  });

  function rowOf(condition: string, value: string): unknown {
    const row = oneRow(`SELECT version, body FROM record_courses WHERE ${condition}`, value);
    return 'body' in row ? { ...JSON.parse(String(row.body)), version: row.version } : undefined;
  }

  function oneRow(sql: string, ...values: string[]): Record<string, unknown> {
    const database = new DatabaseSync(path, { readOnly: true });
    const row = database.prepare(sql).get(...values);
    database.close();
    return { ...row };
  }
});
