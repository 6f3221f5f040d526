/** Copies of the file: of one moment, whole, private; and how one takes the place of the store. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/base/clock.ts';
import type { StoreFile, StoreFiles } from '../../../src/store/files.ts';
import { openStore, storeFilesOf } from '../../../src/store/open.ts';
import { insert, remove, type Store } from '../../../src/store/port.ts';
import { courses, sampleCollections, tickets } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

const newPath = temporaryFiles();
const reading = { collections: sampleCollections, clock: systemClock };

interface Stage {
  readonly store: Store;
  readonly files: StoreFiles;
  /** A name in the folder of the store. */
  named(name: string): string;
}

async function stage(): Promise<Stage> {
  const path = newPath();
  const store = await openStore({ url: `sqlite:${path}`, ...reading });
  const files = storeFilesOf(`sqlite:${path}`);
  if (!files) throw new TypeError('a file is no file');
  return { store, files, named: (name) => join(dirname(path), name) };
}

/** A kept copy under that name. */
function copied({ files, named }: Stage, name = 'backup.db'): string {
  expect(files.copy(named(name), 'x').keepAs(named(name))).toBe('kept');
  return named(name);
}

function opened({ files }: Stage, path: string): StoreFile {
  const answer = files.openCopy(path, reading);
  if (answer.kind === 'refused') throw new TypeError(answer.fault);
  return answer.file;
}

const faultOf = ({ files }: Stage, path: string): string => {
  const answer = files.openCopy(path, reading);
  if (answer.kind === 'refused') return answer.fault;
  answer.file.close();
  return 'none';
};

const ofMany = (count: number) =>
  Array.from({ length: count }, (_, i) => insert(courses, { id: `c${i}`, code: `code ${i}`, words: [`word${i}`] }));

describe('a copy', () => {
  it('holds the records, their counts and their indexes, and nothing wrong is found in it', async () => {
    const here = await stage();
    await here.store.commit([...ofMany(200), insert(tickets, { id: 't', uses: 3 })]);
    const file = opened(here, copied(here));
    expect(file.damage('whole')).toEqual([]);
    expect(file.counts()).toEqual({ courses: 200, tickets: 1 });
    expect((await file.store.find(courses, { index: 'words', equals: ['word7'] })).records).toMatchObject([
      { id: 'c7' },
    ]);
    expect(file.isLayoutPresent).toBe(true);
    file.close();
    await here.store.close();
  });

  it('is of one moment, while another process writes', async () => {
    const here = await stage();
    const writer = fileURLToPath(new URL('./writer-process.ts', import.meta.url));
    const child = spawn(process.execPath, [writer, here.files.path, 'w', '1000000'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const wholeness: boolean[] = [];
    let printed = 0;
    for await (const _line of createInterface({ input: child.stdout })) {
      printed += 1;
      if (printed % 100 !== 0 || wholeness.length === 3) continue;
      const file = opened(here, copied(here, `backup${printed}.db`));
      // The writer makes one course and one use in each commit: a torn copy would have them differ.
      const uses = (await file.store.get(tickets, 'all'))?.uses ?? 0;
      wholeness.push(file.damage('whole').length === 0 && uses === file.counts().courses && uses >= printed);
      file.close();
      if (wholeness.length === 3) child.kill('SIGKILL');
    }
    await exited;
    expect(wholeness).toEqual([true, true, true]);
    await here.store.close();
  }, 60_000);

  it('is readable by its owner alone, one file, and leaves no draft behind', async () => {
    const here = await stage();
    const path = copied(here);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    await here.store.close();
    expect(readdirSync(dirname(path)).sort()).toEqual(['backup.db', 'store.db']);
  });

  it('does not carry what was deleted before', async () => {
    const here = await stage();
    await here.store.commit([insert(courses, { id: 'c', title: 'a-deleted-title' })]);
    await here.store.commit([remove(courses, 'c')]);
    expect(readFileSync(copied(here)).includes('a-deleted-title')).toBe(false);
    await here.store.close();
  });

  it('never takes a name that something has', async () => {
    const here = await stage();
    writeFileSync(here.named('backup.db'), 'a letter');
    const draft = here.files.copy(here.named('backup.db'), 'x');
    expect(draft.keepAs(here.named('backup.db'))).toBe('exists');
    draft.discard();
    expect(readFileSync(here.named('backup.db'), 'utf8')).toBe('a letter');
    await here.store.close();
    expect(readdirSync(dirname(draft.path)).sort()).toEqual(['backup.db', 'store.db']);
  });

  it('loses for good what it is told to forget, also out of its indexes', async () => {
    const here = await stage();
    await here.store.commit([
      insert(courses, { id: 'c', words: ['a-forgotten-word'] }),
      insert(tickets, { id: 't', uses: 1 }),
    ]);
    const draft = here.files.copy(here.named('backup.db'), 'x');
    // One that an older version did not know is no reason to stop.
    draft.forget([courses, { name: 'unheardOf', indexes: [] }]);
    const file = opened(here, draft.path);
    expect(file.counts()).toEqual({ courses: 0, tickets: 1 });
    expect(await file.store.count(courses, { index: 'words' })).toBe(0);
    file.close();
    expect(readFileSync(draft.path).includes('a-forgotten-word')).toBe(false);
    await here.store.close();
  });

  it('cannot be written to while it is looked at', async () => {
    const here = await stage();
    const file = opened(here, copied(here));
    await expect(file.store.commit(ofMany(1))).rejects.toMatchObject({ code: 'store.unavailable' });
    file.close();
    await here.store.close();
  });
});

describe('a file that is no copy', () => {
  const others: readonly (readonly [string, string, (path: string, here: Stage) => void])[] = [
    ['is not there', 'absent', () => {}],
    ['is empty', 'absent', (path) => writeFileSync(path, '')],
    ['is a text', 'foreign', (path) => writeFileSync(path, 'a shopping list\n'.repeat(50))],
    ['is shorter than a header', 'foreign', (path) => writeFileSync(path, 'SQLite format 3\0')],
    ['is a folder', 'foreign', (path) => mkdirSync(path)],
    [
      'is the database of something else',
      'foreign',
      (path) => {
        const other = new DatabaseSync(path);
        other.exec('CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 1');
        other.close();
      },
    ],
    ['is cut off', 'truncated', (path, here) => truncateSync(copied(here), statSync(path).size - 4096)],
    ['is a plain copy of a store in use', 'live', (path, here) => copyFileSync(here.files.path, path)],
    [
      'was written by a newer version',
      'newer',
      (path, here) => {
        copied(here);
        const newer = new DatabaseSync(path);
        newer.exec('PRAGMA user_version = 99');
        newer.close();
      },
    ],
  ];

  it.each(others)('is told by name when it %s', async (_, fault, make) => {
    const here = await stage();
    await here.store.commit(ofMany(50));
    const path = here.named('backup.db');
    make(path, here);
    expect(faultOf(here, path)).toBe(fault);
    await here.store.close();
  });

  it('is told when a page of it was overwritten', async () => {
    const here = await stage();
    await here.store.commit(ofMany(500));
    const path = copied(here);
    const bytes = readFileSync(path);
    const middle = Math.floor(bytes.length / 8192) * 4096;
    bytes.fill(0x55, middle, middle + 2 * 4096);
    writeFileSync(path, bytes);
    const file = opened(here, path);
    expect(file.damage('whole')).not.toEqual([]);
    file.close();
    await here.store.close();
  });
});

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
