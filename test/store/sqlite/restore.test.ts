/** A copy takes the place of the store, and what stood there is kept. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openStore, storeFilesOf } from '../../../src/store/open.ts';
import { insert } from '../../../src/store/port.ts';
import { courses } from '../contract/sample-records.ts';
import { copied, ofMany, reading, type Stage, stages } from './copy-stage.ts';
import { temporaryFiles } from './temporary-file.ts';

const stage = stages();
const newPath = temporaryFiles();

describe('a store in its place', () => {
  const begin = async () => {
    const here = await stage();
    await here.store.commit(ofMany(3));
    const backup = copied(here);
    await here.store.commit([insert(courses, { id: 'later' })]);
    return { here, backup };
  };
  const reopened = async ({ files }: Stage) => {
    const store = await openStore({ url: `sqlite:${files.path}`, ...reading });
    const ids = (await store.find(courses, { index: 'words' })).records.map(({ id }) => id);
    const later = await store.get(courses, 'later');
    await store.close();
    return { ids, later: later?.id };
  };

  it('is replaced by a copy, and kept as one file that can be put back the same way', async () => {
    const { here, backup } = await begin();
    await here.store.close();
    expect(here.files.occupancy()).toBe('occupied');
    const placed = here.files.place(await here.files.bring(backup, 'y'), 'then');
    expect(placed).toEqual({ kind: 'placed', aside: [`${here.files.path}.replaced-then`] });
    expect(await reopened(here)).toEqual({ ids: ['c0', 'c1', 'c2'], later: undefined });
    const undone = here.files.place(await here.files.bring(`${here.files.path}.replaced-then`, 'z'), 'again');
    expect(undone).toMatchObject({ kind: 'placed' });
    expect(await reopened(here)).toEqual({ ids: ['c0', 'c1', 'c2'], later: 'later' });
    expect(existsSync(backup)).toBe(true);
  });

  it('is left alone while this process has it open', async () => {
    const { here, backup } = await begin();
    expect(here.files.occupancy()).toBe('in_use');
    const draft = await here.files.bring(backup, 'y');
    expect(here.files.place(draft, 'then')).toEqual({ kind: 'in_use' });
    expect(await here.store.get(courses, 'later')).toBeDefined();
    await here.store.close();
    draft.discard();
    expect(readdirSync(dirname(backup)).sort()).toEqual(['backup.db', 'store.db']);
  });

  it('is left alone while another process has it open and writes nothing', async () => {
    const { here, backup } = await begin();
    await here.store.close();
    const idle = here.named('idle.mjs');
    writeFileSync(
      idle,
      `import { openStore } from ${JSON.stringify(new URL('../../../src/store/open.ts', import.meta.url).href)};
      const store = await openStore({ url: process.argv[2], collections: [], clock: { now: () => 0 } });
      process.stdin.on('end', () => store.close()).resume();
      console.log('open');`,
    );
    const child = spawn(process.execPath, [idle, `sqlite:${here.files.path}`], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(here.files.occupancy()).toBe('in_use');
    expect(here.files.place(await here.files.bring(backup, 'y'), 'then')).toEqual({ kind: 'in_use' });
    const exited = once(child, 'exit');
    child.stdin.end();
    expect((await exited)[0]).toBe(0);
    expect(here.files.occupancy()).toBe('occupied');
  }, 30_000);

  it('is moved away with all that lies beside it when it is too damaged to be opened', async () => {
    const { here, backup } = await begin();
    await here.store.close();
    writeFileSync(here.files.path, 'burnt '.repeat(2000));
    // Left beside the new file, it would be read as its own.
    writeFileSync(`${here.files.path}-wal`, 'ashes');
    const placed = here.files.place(await here.files.bring(backup, 'y'), 'then');
    const aside = `${here.files.path}.replaced-then`;
    expect(placed).toEqual({ kind: 'placed', aside: [aside, `${aside}-wal`] });
    expect(readFileSync(`${aside}-wal`, 'utf8')).toBe('ashes');
    expect(await reopened(here)).toMatchObject({ ids: ['c0', 'c1', 'c2'] });
  });

  it('is put where there was none, with its folder', async () => {
    const { here, backup } = await begin();
    const path = newPath();
    const elsewhere = storeFilesOf(`sqlite:${path}`);
    expect(elsewhere?.occupancy()).toBe('empty');
    const draft = await elsewhere?.bring(backup, 'y');
    if (!draft) throw new TypeError('a file is no file');
    expect(elsewhere?.place(draft, 'then')).toEqual({ kind: 'placed', aside: [] });
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    await here.store.close();
  });

  it('has no files where records lie in memory', () => {
    expect(storeFilesOf('sqlite::memory:')).toBeUndefined();
  });
});
