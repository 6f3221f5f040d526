import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const files = ['config/reference.md', 'docs/command-line.md'];

beforeEach(() => {
  mkdirSync(join(cli().folder, 'config'));
  mkdirSync(join(cli().folder, 'docs'));
});

describe('generate', () => {
  it('writes the manuals as they stand in the source (npm run generate writes them anew)', async () => {
    expect((await cli().sekisho(['generate'])).exitCode).toBe(0);
    for (const file of files) {
      expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(cli().folder, file), 'utf8'));
    }
  });

  it('fails with --check when a manual is stale, and writes nothing', async () => {
    await cli().sekisho(['generate']);
    cli().write('docs/command-line.md', 'old');
    expect(await cli().json(['generate', '--check'])).toEqual({
      ok: false,
      files: [
        { file: 'config/reference.md', outcome: 'fresh' },
        { file: 'docs/command-line.md', outcome: 'stale' },
      ],
    });
    expect((await cli().sekisho(['generate', '--check'])).exitCode).toBe(1);
    expect(readFileSync(join(cli().folder, 'docs/command-line.md'), 'utf8')).toBe('old');
  });
});
