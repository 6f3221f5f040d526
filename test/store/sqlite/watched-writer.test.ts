import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { insert, type Store } from '../../../src/store/port.ts';
import { Connection } from '../../../src/store/sqlite/connection.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { isToldOutage } from '../../../src/store/watch.ts';
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
      collections: [slips],
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
});
