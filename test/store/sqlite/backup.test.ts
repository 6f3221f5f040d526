/** Copies of the file: of one moment, whole, private; and how one takes the place of the store. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { insert, remove } from '../../../src/store/port.ts';
import { courses, tickets } from '../contract/sample-records.ts';
import { copied, ofMany, opened, reading, type Stage, stages } from './copy-stage.ts';

const stage = stages();

const faultOf = ({ files }: Stage, path: string): string => {
  const answer = files.openCopy(path, reading);
  if (answer.kind === 'refused') return answer.fault;
  answer.file.close();
  return 'none';
};

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
      insert(courses, { id: 'a-forgotten-id', words: ['a-forgotten-word'] }),
      insert(tickets, { id: 't', uses: 1 }),
    ]);
    const draft = here.files.copy(here.named('backup.db'), 'x');
    // One that an older version did not know is no reason to stop.
    draft.forget([courses, { name: 'unheardOf', indexes: [] }]);
    const file = opened(here, draft.path);
    expect(file.counts()).toEqual({ courses: 0, tickets: 1 });
    expect(await file.store.count(courses, { index: 'words' })).toBe(0);
    file.close();
    const octets = readFileSync(draft.path);
    // The id also lay in what is noted of the last changes.
    for (const text of ['a-forgotten-word', 'a-forgotten-id']) expect(octets.includes(text)).toBe(false);
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
