/** Group commit: many commits, few syncs; each commit stands or falls alone; a failed sync acknowledges nothing. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { insert, replace, type Store } from '../../../src/store/port.ts';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { encodeWrite } from '../../../src/store/sqlite/encode-write.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { Tables } from '../../../src/store/sqlite/tables.ts';
import { writeGroup } from '../../../src/store/sqlite/write-group.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { courses, sampleCollections } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

describe('group commit', () => {
  const nextFile = temporaryFiles();
  let path: string;
  let store: Store;
  let watcher: Connection;

  beforeEach(() => {
    path = nextFile();
    store = openSqlite({ path, collections: sampleCollections, clock: new FakeClock() });
    watcher = new Connection({ path, busyTimeoutMs: 1_000 });
  });
  afterEach(async () => {
    watcher.close();
    await store.close();
  });

  /** Pages of the write-ahead log that end a transaction are not to be seen; what another connection sees move, is. */
  const changes = (): number => Number(watcher.row('PRAGMA data_version')?.[0]);

  it('lets commits that wait together share one transaction', async () => {
    await store.commit([insert(courses, { id: 'first' })]);
    changes();
    const ids = Array.from({ length: 100 }, (_, i) => `c${i}`);
    let seen = 0;
    let before = changes();
    await Promise.all(
      ids.map(async (id) => {
        await store.commit([insert(courses, { id })]);
        const now = changes();
        if (now !== before) seen += 1;
        before = now;
      }),
    );
    // One for what was written before the others had gathered, one for the rest.
    expect(seen).toBeLessThanOrEqual(2);
    expect((await Promise.all(ids.map((id) => store.get(courses, id)))).every(Boolean)).toBe(true);
  });

  it('gathers commits that overlap again and again, and answers each of them', async () => {
    const answered: string[] = [];
    const hand = async (name: string) => {
      for (let i = 0; i < 25; i += 1) {
        await store.commit([insert(courses, { id: `${name}${i}` })]);
        answered.push(`${name}${i}`);
      }
    };
    let groups = 0;
    const counting = openSqlite({
      path: nextFile(),
      collections: sampleCollections,
      clock: new FakeClock(),
      watch: {
        groupWritten: () => {
          groups += 1;
        },
      },
    });
    await store.close();
    store = counting;
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(hand));
    expect(answered).toHaveLength(200);
    expect(await Promise.all(answered.map((id) => store.get(courses, id)))).not.toContain(undefined);
    // Eight hands that wait for one another: about as many groups as each hand has commits.
    expect(groups).toBeLessThan(60);
  });

  it('refuses one commit of a group and keeps its neighbours, before and after it', async () => {
    await store.commit([insert(courses, { id: 'taken' })]);
    const outcomes = await Promise.allSettled([
      store.commit([insert(courses, { id: 'before' })]),
      store.commit([insert(courses, { id: 'half' }), insert(courses, { id: 'taken' })]),
      store.commit([replace(courses, { id: 'taken', version: 7 })]),
      store.commit([insert(courses, { id: 'after' })]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))).toEqual([
      'store.duplicate',
      'store.conflict',
    ]);
    expect(await store.get(courses, 'half')).toBeUndefined();
    expect(await store.get(courses, 'before')).toBeDefined();
    expect(await store.get(courses, 'after')).toBeDefined();
  });

  it('shows a later commit of the group what an earlier one wrote', async () => {
    const outcomes = await Promise.allSettled([
      store.commit([insert(courses, { id: 'one', code: 'X' })]),
      store.commit([insert(courses, { id: 'one' })]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it.each<[string, string, string]>([
    ['that is no JSON', '{', 'malformed JSON'],
    ['deeper than the engine reads', `{"title":${'['.repeat(1_100)}${']'.repeat(1_100)}}`, 'malformed JSON'],
  ])('refuses a body %s and keeps its neighbours', (_what, body, bug) => {
    const connection = new Connection({ path, busyTimeoutMs: 1_000 });
    const tables = new Tables(sampleCollections);
    const task = (id: string, given?: string) => {
      const write = encodeWrite(tables, insert(courses, { id }));
      return { kind: 'commit' as const, writes: [given === undefined ? write : { ...write, body: given }] };
    };
    const group = [task('before'), task('wrong', body), task('after')];
    const verdicts = writeGroup(connection, tables, group, () => 0);
    expect(verdicts).toEqual([
      { ok: true, count: 0 },
      { ok: false, bug },
      { ok: true, count: 0 },
    ]);
    expect(watcher.rows('SELECT id FROM record_courses ORDER BY id')).toEqual([['after'], ['before']]);
    connection.close();
  });

  it('acknowledges nothing of a group that the disk refuses, and goes on when there is room again', () => {
    const connection = new Connection({ path, busyTimeoutMs: 1_000 });
    const tables = new Tables(sampleCollections);
    const task = (id: string, title: string) => ({
      kind: 'commit' as const,
      writes: [encodeWrite(tables, insert(courses, { id, title }))],
    });
    const pages = Number(connection.row('PRAGMA page_count')?.[0]);
    connection.row(`PRAGMA max_page_count = ${pages + 2}`);
    const group = [task('small', 'a'), task('large', 'x'.repeat(100_000)), task('next', 'b')];

    const refused = writeGroup(connection, tables, group, () => 0);
    expect(refused).toEqual(group.map(() => expect.objectContaining({ ok: false, code: 'store.unavailable' })));
    expect(watcher.row('SELECT count(*) FROM record_courses')?.[0] ?? 0).toBe(0);

    connection.row('PRAGMA max_page_count = 100000');
    expect(writeGroup(connection, tables, group, () => 0)).toEqual(group.map(() => ({ ok: true, count: 0 })));
    connection.close();
  });

  it('writes what waits before it closes, and takes nothing afterwards', async () => {
    const last = store.commit([insert(courses, { id: 'last' })]);
    await store.close();
    await expect(last).resolves.toBeUndefined();
    await expect(store.commit([insert(courses, { id: 'late' })])).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(watcher.row('SELECT count(*) FROM sqlite_schema')).toBeDefined();
  });
});
