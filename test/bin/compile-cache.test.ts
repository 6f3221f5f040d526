/** Where the program keeps what Node compiled, and when it does without. A program of one line stands for it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { cacheOf, programFolder } from './program-folder.ts';

/** Nobody else can give a folder away. */
const root = { name: 'root', isMet: process.getuid?.() === 0, path: '' };

const main = `
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';

new Worker(new URL('thread.ts', import.meta.url)).on('message', (inThread: unknown) => {
  console.log(JSON.stringify({ inMain: getCompileCacheDir(), inThread }));
});`;
const thread = `
import { getCompileCacheDir } from 'node:module';
import { parentPort } from 'node:worker_threads';

const said: string = getCompileCacheDir() ?? 'none';
parentPort?.postMessage(said);`;

let program = '';
let cache = '';

beforeEach(() => {
  program = programFolder(main);
  cache = cacheOf(program);
  writeFileSync(join(program, 'src/thread.ts'), thread);
});
afterEach(() => rmSync(program, { recursive: true }));

/** As people start it. Whoever runs the tests may have a cache of their own: that one is theirs. */
function run(environment: Readonly<Record<string, string>> = {}): { readonly stdout: string; readonly stderr: string } {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const options = { encoding: 'utf8', env: { ...env, ...environment } } as const;
  return spawnSync(process.execPath, [join(program, 'bin/sekisho.js')], options);
}

/** The folder that Node took for this version, in the first thread and in another; both are the same or the test is over. */
function start(environment: Readonly<Record<string, string>> = {}): string | undefined {
  const { stdout, stderr } = run(environment);
  if (stdout === '') throw new Error(stderr);
  const { inMain, inThread } = JSON.parse(stdout) as { inMain?: string; inThread: string };
  expect(inThread).toBe(inMain ?? 'none');
  return inMain;
}

const made = (): string => join(cache, readdirSync(cache)[0] ?? '');

describe('the compile cache', () => {
  it('lies beside the program, for its threads too, where nobody else may write', () => {
    expect(start()).toBe(made());
    expect([cache, made()].map((path) => statSync(path).mode & 0o022)).toEqual([0, 0]);
    expect(readdirSync(made()).length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['the folder above', () => dirname(cache)],
    ['the folder', () => cache],
    ['the folder that Node makes in it', () => made()],
  ])('is not used where others may write %s', (_which, path) => {
    start();
    chmodSync(path(), 0o777);
    expect(start()).toBeUndefined();
  });

  it('lies where the operator says', () => {
    const elsewhere = join(program, 'elsewhere');
    expect(start({ NODE_COMPILE_CACHE: elsewhere })).toContain(elsewhere);
    expect(readdirSync(program)).not.toContain('node_modules');
  });

  it('is done without where there can be none', () => {
    writeFileSync(join(program, 'node_modules'), '');
    expect(start()).toBeUndefined();
  });

  it('gives way to a source that changed', () => {
    start();
    const changed = join(program, 'src/main.ts');
    writeFileSync(changed, main.replace('getCompileCacheDir()', "'changed'"));
    expect(run().stdout).toContain('"inMain":"changed"');
  });

  it('does no harm when it is broken', () => {
    const intact = start();
    for (const name of readdirSync(made())) writeFileSync(join(made(), name), 'no cache');
    expect(start()).toBe(intact);
  });

  it('does not move the lines that an error names', () => {
    writeFileSync(
      join(program, 'src/main.ts'),
      'interface A {\n  a: 1;\n}\nexport const b: A | number = 2;\nthrow new Error();',
    );
    const lines = [1, 2].map(() => /main\.ts:(\d+:\d+)/.exec(run().stderr.replace(/main\.ts:\d+\n/, ''))?.[1]);
    expect(lines).toEqual(['5:7', '5:7']);
  });
});

describeWith(root, 'the compile cache of another user', () => {
  it.each([
    ['the folder above', () => dirname(cache)],
    ['the folder', () => cache],
    ['the folder that Node makes in it', () => made()],
  ])('is not used where theirs is %s', (_which, path) => {
    start();
    chownSync(path(), 1, 1);
    expect(start()).toBeUndefined();
  });
});
