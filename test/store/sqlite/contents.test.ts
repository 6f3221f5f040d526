import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/base/clock.ts';
import { openContents } from '../../../src/store/open.ts';
import { insert } from '../../../src/store/port.ts';
import { describeContents } from '../contract/contents.ts';
import { contentsAt, storeAt, within } from '../contract/fresh-address.ts';
import { courses, sampleCollections, tickets } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

const newPath = temporaryFiles();

describeContents(async () => `sqlite:${newPath()}`);

const open = (path: string, make = false) =>
  openContents({ url: `sqlite:${path}`, collections: sampleCollections, clock: systemClock, make });

function fileWith(content: string): string {
  const path = newPath();
  mkdirSync(dirname(path));
  writeFileSync(path, content);
  return path;
}

describe('the contents of a file', () => {
  it('are had alone: not beside a store that is open, and no store beside them', async () => {
    const path = newPath();
    await within(storeAt(`sqlite:${path}`), async () => {
      expect(await open(path)).toEqual({ kind: 'refused', engine: 'sqlite', name: path, fault: 'in_use' });
    });
    await within(contentsAt(`sqlite:${path}`), async () => {
      expect(await open(path)).toMatchObject({ fault: 'in_use' });
    });
  });

  it.each([
    ['what is not there', 'absent', newPath],
    ['what is empty', 'absent', () => fileWith('')],
    ['a letter', 'foreign', () => fileWith('Dear colleague, '.repeat(40))],
    [
      "somebody else's database",
      'foreign',
      () => {
        const path = fileWith('');
        const database = new DatabaseSync(path);
        database.exec('CREATE TABLE letters (text); PRAGMA user_version = 1');
        database.close();
        return path;
      },
    ],
  ])('are not those of %s', async (_, fault, pathOf) => {
    expect(await open(pathOf())).toMatchObject({ kind: 'refused', fault });
  });

  it('are not written over what is no store', async () => {
    const path = fileWith('Dear colleague');
    expect(await open(path, true)).toMatchObject({ kind: 'refused', fault: 'foreign' });
    expect(statSync(path).size).toBe('Dear colleague'.length);
  });

  it('are in a file for its owner alone where there was none', async () => {
    const path = newPath();
    await within(contentsAt(`sqlite:${path}`), (contents) => contents.prepare());
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  });

  it('of a newer version are not touched', async () => {
    const path = newPath();
    await within(storeAt(`sqlite:${path}`), (store) => store.ping());
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    await expect(open(path)).rejects.toMatchObject({ code: 'store.version' });
  });

  it('of an older version are read as they are, and lack what came later', async () => {
    const path = newPath();
    const older = [{ ...courses, indexes: [] }];
    await within(storeAt(`sqlite:${path}`, { collections: older }), (store) =>
      store.commit([insert(courses, { id: 'a' })]),
    );
    await within(contentsAt(`sqlite:${path}`), async (contents) => {
      expect(await contents.page(courses, undefined, 9)).toEqual([{ id: 'a', version: 1 }]);
      expect(await contents.page(tickets, undefined, 9)).toEqual([]);
    });
  });
});
