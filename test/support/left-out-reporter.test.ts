import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'sekisho-left-out-'));
const counts = join(folder, 'counts');
const needs = JSON.stringify(join(root, 'test/support/needs.ts'));
const passes = "test('stands', () => {});";
const lacks = `import { describeWith } from ${needs};
  describeWith({ name: 'chromium', isMet: false, path: 'chromium' }, 'pages in a browser', () => {
    test('opens', () => { throw new Error('must not run'); });
    test('closes', () => {});
  });
  describeWith({ name: 'node', isMet: true, path: 'node' }, 'pages without', () => { test('runs', () => {}); });`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a run of jest with this reporter', () => {
  it('passes with nothing left out, omissions refused or not', async () => {
    expect(await run(passes, { SEKISHO_REFUSE_OMISSIONS: '1' })).toMatchObject({
      code: 0,
      counts: 'tests: 1 passed, 0 failed\n',
    });
    expect(await run(passes)).toMatchObject({ code: 0 });
  });

  it('lists what was left out, and for want of what', async () => {
    const { code, output } = await run(lacks);
    expect(code).toBe(0);
    expect(output).toContain('Left out of this run:\n  for want of chromium:\n    pages in a browser (2 tests)\n');
  });

  it('fails where omissions are refused', async () => {
    const result = await run(lacks, { SEKISHO_REFUSE_OMISSIONS: '1' });
    expect(result).toMatchObject({ code: 1, counts: 'tests: 1 passed, 0 failed, 2 skipped\n' });
    expect(result.output).toContain('Refused');
  });

  it('refuses a test switched off without a mark', async () => {
    const { code, output } = await run(`${passes}test.skip('rests', () => {});`, { SEKISHO_REFUSE_OMISSIONS: '1' });
    expect(code).toBe(1);
    expect(output).toContain('switched off:\n    a.test.mjs (1 test)');
  });

  it('counts a file that breaks before its first test as a failure', async () => {
    expect(await run("throw new Error('broken');")).toMatchObject({ code: 1, counts: 'tests: 0 passed, 1 failed\n' });
  });

  it('counts a failure', async () => {
    const result = await run("test('falls', () => { throw new Error('red'); });");
    expect(result).toMatchObject({ code: 1, counts: 'tests: 0 passed, 1 failed\n' });
  });

  it('does not list what nobody asked for', async () => {
    const { output } = await run(`${passes}test('rests', () => {});`, {}, ['-t', 'stands']);
    expect(output).not.toContain('Left out');
  });
});

async function run(text: string, variables: Record<string, string> = {}, more: readonly string[] = []) {
  writeFileSync(join(folder, 'a.test.mjs'), text);
  const reporters = ['default', join(root, 'test/support/left-out-reporter.ts')];
  const config = {
    rootDir: folder,
    testMatch: ['**/*.test.mjs'],
    extensionsToTreatAsEsm: ['.ts'],
    transform: { '\\.ts$': [join(root, 'node_modules/@swc/jest'), { jsc: { parser: { syntax: 'typescript' } } }] },
    reporters,
  };
  const { SEKISHO_REFUSE_OMISSIONS: _, ...environment } = process.env;
  const env = { ...environment, SEKISHO_TEST_COUNTS: counts, ...variables };
  const args = [
    '--experimental-vm-modules',
    join(root, 'node_modules/jest/bin/jest.js'),
    '--config',
    JSON.stringify(config),
    '--runInBand',
    ...more,
  ];
  const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
    const child = execFile(process.execPath, args, { cwd: folder, env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr }),
    );
  });
  return { code, output, counts: readFileSync(counts, 'utf8') };
}
