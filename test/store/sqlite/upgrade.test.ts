/** A file of an older version: brought up to date alone, with a copy of it kept, or left as it was. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { openStore, storeFilesOf } from '../../../src/store/open.ts';
import { findOne, insert, type Store } from '../../../src/store/port.ts';
import { presentLayout } from '../../../src/store/sqlite/migrations.ts';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { upgradeFile } from '../../../src/store/sqlite/upgrade.ts';
import type { Upgrade } from '../../../src/store/watch.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { courses, sampleCollections } from '../contract/sample-records.ts';
import { temporaryFiles } from './temporary-file.ts';

const newPath = temporaryFiles();
const clock = new FakeClock();
const means = { collections: sampleCollections, clock };

async function open(path: string): Promise<{ store: Store; upgrades: readonly Upgrade[] }> {
  const upgrades: Upgrade[] = [];
  const watch = { upgraded: (upgrade: Upgrade) => void upgrades.push(upgrade) };
  return { store: await openStore({ url: `sqlite:${path}`, ...means, watch }), upgrades };
}

/** As the version before left it: layout 1 knew nothing of upgrades. */
async function ofLayoutOne(): Promise<string> {
  const path = newPath();
  const { store } = await open(path);
  await store.commit([insert(courses, { id: 'c1', code: 'A', words: ['w'] })]);
  await store.close();
  change(path, 'DROP TABLE upgrade; DROP TABLE change; PRAGMA user_version = 1');
  return path;
}

function change(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

function rowsOf(path: string, sql: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare(sql).all();
  database.close();
  return rows;
}

const backupsOf = (path: string): string[] =>
  readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.before-upgrade-`));

describe('a file of the former layout', () => {
  it('is brought up to date when it is opened, its records with it', async () => {
    const path = await ofLayoutOne();
    const { store, upgrades } = await open(path);
    expect(upgrades).toMatchObject([{ fromLayout: 1, toLayout: presentLayout, changed: [] }]);
    expect(await findOne(store, courses, 'words', 'w')).toMatchObject({ id: 'c1', version: 1 });
    await store.close();
    expect(rowsOf(path, 'PRAGMA user_version')).toEqual([{ user_version: presentLayout }]);
    expect(rowsOf(path, 'SELECT * FROM upgrade')).toEqual([
      { at: clock.now(), layout: 1, backup: upgrades[0]?.backup },
    ]);
  });

  it('is kept beside the store as it was, for its owner alone, and can be brought back', async () => {
    const path = await ofLayoutOne();
    const { store, upgrades } = await open(path);
    await store.commit([insert(courses, { id: 'c2' })]);
    await store.close();
    const backup = upgrades[0]?.backup ?? '';
    expect(backupsOf(path)).toEqual([basename(backup)]);
    expect((statSync(backup).mode & 0o777).toString(8)).toBe('600');
    expect(rowsOf(backup, 'PRAGMA user_version')).toEqual([{ user_version: 1 }]);
    const files = storeFilesOf(`sqlite:${path}`);
    const opened = files?.openCopy(backup, means);
    expect(opened).toMatchObject({ kind: 'opened', file: { isLayoutPresent: false } });
    if (opened?.kind === 'opened') {
      expect(opened.file.counts()).toMatchObject({ courses: 1 });
      opened.file.close();
    }
  });

  it('is upgraded once: the next start finds nothing to do', async () => {
    const path = await ofLayoutOne();
    for (const expected of [1, 0]) {
      const { store, upgrades } = await open(path);
      expect(upgrades).toHaveLength(expected);
      await store.close();
    }
    expect(backupsOf(path)).toHaveLength(1);
  });

  it('is refused, and not touched, while a process of that version has it open', async () => {
    const path = await ofLayoutOne();
    // The former version, which reads and writes, and knows nothing of this one.
    const holder = spawn(
      process.execPath,
      [
        '-e',
        `const { DatabaseSync } = require('node:sqlite');
         const store = new DatabaseSync(process.argv[1]);
         store.exec("INSERT INTO record_courses (id, version, body) VALUES ('c9', 1, '{}')");
         process.send('open'); process.on('message', () => { store.close(); process.disconnect(); });`,
        path,
      ],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    await once(holder, 'message');
    expect(() => openSqlite({ path, ...means, busyTimeoutMs: 1 })).toThrow(
      expect.objectContaining({ code: 'store.in_use' }),
    );
    expect(rowsOf(path, 'PRAGMA user_version')).toEqual([{ user_version: 1 }]);
    expect(backupsOf(path)).toEqual([]);
    holder.send('close');
    await once(holder, 'exit');
    const { store, upgrades } = await open(path);
    expect(upgrades).toHaveLength(1);
    expect(await store.get(courses, 'c9')).toBeDefined();
    await store.close();
  });

  it('is upgraded by one of two processes that start at once, and both serve', async () => {
    const path = await ofLayoutOne();
    const writer = fileURLToPath(new URL('./writer-process.ts', import.meta.url));
    const codes = ['a', 'b'].map(async (name) => {
      const child = spawn(process.execPath, [writer, path, name, '20'], { stdio: ['ignore', 'ignore', 'inherit'] });
      return (await once(child, 'exit'))[0];
    });
    expect(await Promise.all(codes)).toEqual([0, 0]);
    expect(backupsOf(path)).toHaveLength(1);
    expect(rowsOf(path, 'SELECT layout FROM upgrade')).toEqual([{ layout: 1 }]);
  }, 30_000);
});

describe('an upgrade that cannot be done', () => {
  const bytesOf = (path: string): Buffer => readFileSync(path);

  it('is not begun without room for the backup, and says how much is needed', async () => {
    const path = await ofLayoutOne();
    const before = bytesOf(path);
    expect(() => upgradeFile({ path, ...means, patience: 1, freeBytes: () => 1_000 })).toThrow(
      expect.objectContaining({
        code: 'store.upgrade_failed',
        facts: expect.objectContaining({ reason: 'too little room for the backup', free: 1_000 }),
      }),
    );
    expect(backupsOf(path)).toEqual([]);
    expect(bytesOf(path).equals(before)).toBe(true);
  });

  it('leaves the file as it was, and no backup that nobody needs', async () => {
    const path = await ofLayoutOne();
    // What the step is to make is there already: it fails in the middle.
    change(path, 'CREATE VIEW upgrade AS SELECT 1');
    await expect(open(path)).rejects.toMatchObject({
      code: 'store.upgrade_failed',
      facts: { reason: expect.stringContaining('upgrade already exists') },
    });
    expect(rowsOf(path, 'PRAGMA user_version')).toEqual([{ user_version: 1 }]);
    expect(rowsOf(path, 'SELECT count(*) AS n FROM record_courses')).toEqual([{ n: 1 }]);
    expect(readdirSync(dirname(path)).filter((name) => /before-upgrade|draft/.test(name))).toEqual([]);
  });

  it('stops at a file that is damaged, before anything is changed', async () => {
    const path = await ofLayoutOne();
    const [root] = rowsOf(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'record_courses'");
    const damaged = bytesOf(path);
    damaged.fill(
      0xff,
      ((root as { rootpage: number }).rootpage - 1) * 4096,
      (root as { rootpage: number }).rootpage * 4096,
    );
    writeFileSync(path, damaged);
    await expect(open(path)).rejects.toMatchObject({
      code: 'store.upgrade_failed',
      facts: { reason: expect.stringContaining('the backup could not be taken') },
    });
    expect(backupsOf(path)).toEqual([]);
    expect(bytesOf(path).equals(damaged)).toBe(true);
  });
});
