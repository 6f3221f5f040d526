import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { insert, type Store } from '../../../src/store/port.ts';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { encodeWrite } from '../../../src/store/sqlite/encode-write.ts';
import { localWriter } from '../../../src/store/sqlite/local-writer.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { Tables } from '../../../src/store/sqlite/tables.ts';
import { watchedWriter } from '../../../src/store/sqlite/watched-writer.ts';
import { isToldOutage } from '../../../src/store/watch.ts';
import { courses } from '../contract/sample-records.ts';
import { slips } from './small-writer.ts';
import { temporaryFiles } from './temporary-file.ts';

const nextFile = temporaryFiles();

describe('a store whose writes fail', () => {
  let store: Store;
  let blocker: Connection;
  const told: string[] = [];

  beforeEach(() => {
    told.length = 0;
    const path = nextFile();
    store = openSqlite({
      path,
      collections: [slips, courses],
      clock: { now: () => 0 },
      busyTimeoutMs: 1,
      watch: {
        writesFail: () => void told.push('failing'),
        writesRecovered: (refused) => void told.push(`recovered after ${refused}`),
      },
    });
    blocker = new Connection({ path, busyTimeoutMs: 1 });
    // Somebody keeps the file: the one way to fail that needs no broken disk.
    blocker.exec('BEGIN IMMEDIATE');
  });
  afterEach(async () => {
    blocker.close();
    await store.close();
  });

  const write = (id: string): Promise<unknown> =>
    store.commit([insert(slips, { id, text: '' })]).catch((error: unknown) => error);

  it('tells of it once, marks each refusal, and tells once that it is over', async () => {
    expect(isToldOutage(await write('1'))).toBe(true);
    expect(isToldOutage(await write('2'))).toBe(true);
    expect(told).toEqual(['failing']);
    blocker.exec('COMMIT');
    expect(await write('3')).toBeUndefined();
    expect(told).toEqual(['failing', 'recovered after 2']);
  });

  it('answers no ping until a write goes through, and goes on answering reads', async () => {
    await store.ping();
    await write('1');
    await expect(store.ping()).rejects.toMatchObject({ code: 'store.unavailable' });
    expect(await store.get(slips, '1')).toBeUndefined();
    blocker.exec('COMMIT');
    await store.ping();
    expect(told).toEqual(['failing', 'recovered after 1']);
  });

  it('tells of no outage when the engine cannot take what it was given', async () => {
    blocker.exec('COMMIT');
    const tables = new Tables([courses]);
    const writer = watchedWriter(localWriter(blocker, tables, { now: () => 0 }), {
      writesFail: () => void told.push('failing'),
    });
    const wrong = { ...encodeWrite(tables, insert(courses, { id: '1' })), body: '{' };
    const [verdict] = await writer.write([{ kind: 'commit', writes: [wrong] }]);
    expect(verdict).toMatchObject({ ok: false });
    expect([writer.isFailing(), told]).toEqual([false, []]);
  });
});
