/**
 * What bin/fill-cache.sh makes, and what it does where others have had their hands. A program of a few lines stands for
 * Sekisho: it does what a process in somebody else's hands would try while the cache is being filled.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { cacheOf, programFolder } from './program-folder.ts';

/** Nobody else can give a folder away. */
const root = { name: 'root', isMet: process.getuid?.() === 0, path: '' };
/** In the user database of every system, under this number. */
const user = { name: 'nobody', id: 65_534 };

const main = `
import { mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';

const mine: string = getCompileCacheDir() ?? '';
const theirs = mine.replace(/-[0-9]+$/, '-0');
const tried = (act: () => unknown): unknown => {
  try {
    return act() ?? 'done';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
};
const seen = {
  plantedForRoot: tried(() => mkdirSync(theirs)),
  plantedInPlace: tried(() => mkdirSync(join(import.meta.dirname, '../node_modules/.cache/sekisho'))),
  linked: tried(() => symlinkSync('/etc/hostname', join(mine, 'linked'))),
  environment: Object.keys(process.env),
  input: readlinkSync('/proc/self/fd/0'),
  session: readFileSync('/proc/self/stat', 'utf8').split(' ')[5],
  user: process.getuid?.(),
};
if (process.env.SEKISHO__STORE__URL) writeFileSync(join(import.meta.dirname, '../seen/seen'), JSON.stringify(seen));
else console.log(mine);
`;

let program = '';
let cache = '';

beforeEach(() => {
  program = programFolder(main);
  cache = cacheOf(program);
  for (const folder of ['node_modules', 'seen']) mkdirSync(join(program, folder));
  chmodSync(program, 0o755);
  chmodSync(join(program, 'seen'), 0o777);
});
afterEach(() => rmSync(program, { recursive: true }));

/** With the Node that runs the tests, whatever the machine has beside it. */
const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;

function fill(forWhom = user.name): SpawnSyncReturns<string> {
  const env = { ...process.env, PATH, PASSWORD_OF_ROOT: 'secret' };
  return spawnSync(join(program, 'bin/fill-cache.sh'), [forWhom], { encoding: 'utf8', env });
}

/** A start as one of them makes it, and what Node says of its cache. */
function startAs(uid: number): SpawnSyncReturns<string> {
  const { NODE_COMPILE_CACHE: _, ...environment } = process.env;
  const env = { ...environment, PATH, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' };
  return spawnSync(join(program, 'bin/sekisho.js'), { encoding: 'utf8', env, uid, gid: uid });
}

const seen = (): Record<string, unknown> => JSON.parse(readFileSync(join(program, 'seen/seen'), 'utf8'));

describeWith(root, 'a filled compile cache', () => {
  it('is what the user of the server starts from, and root alone can write there', () => {
    expect(fill()).toMatchObject({ status: 0, stderr: '' });
    const [made = '', ...more] = readdirSync(cache);
    expect(more).toEqual([]);
    const files = readdirSync(join(cache, made));
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const path of ['', made, ...files.map((name) => join(made, name))]) {
      const { uid, gid, mode } = lstatSync(join(cache, path));
      expect({ path, uid, gid, writable: mode & 0o022 }).toEqual({ path, uid: 0, gid: 0, writable: 0 });
    }
    const { stdout, stderr } = startAs(user.id);
    expect(stdout).toContain(`${join(cache, made)}\n`);
    expect(`${stdout}${stderr}`).toContain(`for ESM file://${program}/src/main.ts was accepted`);
  });

  it('holds nothing that the process which filled it made for root, and no link', () => {
    fill();
    expect(seen()).toMatchObject({ plantedForRoot: 'done', linked: 'done', plantedInPlace: 'EACCES' });
    const [made = ''] = readdirSync(cache);
    expect(made).toMatch(new RegExp(`-${user.id}$`));
    expect(readdirSync(join(cache, made))).not.toContain('linked');
  });

  it('comes from a process of neither, which gets nothing of what root has in hand', () => {
    fill();
    const { environment, input, session, user: who } = seen();
    expect([0, user.id]).not.toContain(who);
    expect(environment).not.toContain('PASSWORD_OF_ROOT');
    expect(input).toBe('/dev/null');
    expect(session).not.toBe(readFileSync('/proc/self/stat', 'utf8').split(' ')[5]);
  });

  it('is not what lay there before', () => {
    mkdirSync(join(cache, 'planted-0'), { recursive: true });
    chownSync(cache, user.id, user.id);
    expect(fill().status).toBe(0);
    expect(readdirSync(cache)).not.toContain('planted-0');
  });

  it('is none after a start that failed, and the start says why', () => {
    mkdirSync(join(cache, 'planted-0'), { recursive: true });
    writeFileSync(join(program, 'src/main.ts'), "throw new Error('no store for you');");
    expect(fill()).toMatchObject({ status: 1, stderr: expect.stringContaining('no store for you') });
    expect(readdirSync(dirname(cache))).toEqual([]);
  });

  it('is not for root, who is never to run what a server wrote', () => {
    expect(fill('root')).toMatchObject({ status: 1, stderr: expect.stringContaining('never root') });
  });
});

describeWith(root, 'filling the compile cache', () => {
  const elsewhere = (): string => join(program, 'seen');
  const writable = (path: string) => (): void => chmodSync(join(program, path), 0o777);
  const theirs = (path: string) => (): void => chownSync(join(program, path), user.id, user.id);
  const group = (path: string) => (): void => {
    chownSync(join(program, path), 0, user.id);
    chmodSync(join(program, path), 0o775);
  };
  const link = (path: string) => (): void => {
    rmSync(join(program, path), { recursive: true, force: true });
    symlinkSync(elsewhere(), join(program, path));
  };

  it.each([
    ['others may write in the program folder', writable('.'), ''],
    ['the program folder is the user’s', theirs('.'), ''],
    ['bin is the user’s', theirs('bin'), '/bin'],
    ['others may write in src', writable('src'), '/src'],
    ['the user’s group may write in src', group('src'), '/src'],
    ['others may write in node_modules', writable('node_modules'), '/node_modules'],
    ['node_modules is the user’s', theirs('node_modules'), '/node_modules'],
    ['node_modules is a link', link('node_modules'), '/node_modules'],
    ['others may write in .cache', writable('node_modules/.cache'), '/node_modules/.cache'],
    ['.cache is the user’s', theirs('node_modules/.cache'), '/node_modules/.cache'],
    ['.cache is a link', link('node_modules/.cache'), '/node_modules/.cache'],
  ])('is refused where %s, and nothing is touched', (_what, spoil, path) => {
    mkdirSync(dirname(cache), { recursive: true });
    mkdirSync(join(elsewhere(), 'sekisho'));
    spoil();
    expect(fill()).toMatchObject({ status: 1, stderr: expect.stringContaining(`can write in ${program}${path}, or`) });
    expect(readdirSync(elsewhere())).toEqual(['sekisho']);
    expect(existsSync(cache) && !lstatSync(dirname(cache)).isSymbolicLink()).toBe(false);
  });

  it('is refused where the program can be moved away', () => {
    const above = mkdtempSync(join(tmpdir(), 'sekisho-above-'));
    cpSync(program, join(above, 'program'), { recursive: true });
    chownSync(above, user.id, user.id);
    const { status, stderr } = spawnSync(join(above, 'program/bin/fill-cache.sh'), [user.name], { encoding: 'utf8' });
    rmSync(above, { recursive: true });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(`can write in ${above}, or`) });
  });

  it('is not refused where the group of root may write, as in an image of files from a wide umask', () => {
    chmodSync(join(program, 'src'), 0o775);
    expect(fill().status).toBe(0);
    expect(statSync(cache).uid).toBe(0);
  });
});
