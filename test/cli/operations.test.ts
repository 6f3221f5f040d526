/** docs/operations.md is read when nobody has time to find out that a command is called otherwise by now. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/operations.md'), 'utf8');

/** Verbs, with the options given to them. */
const commands = [...text.matchAll(/npx sekisho ([a-z][a-z -]*[a-z])([^`\n|&#]*)/g)].map(
  ([, words = '', rest = '']) => {
    const [verb = ''] = words.split(/ -/);
    return { verb, options: `${words}${rest}`.match(/--[a-z-]+/g) ?? [] };
  },
);

describe('docs/operations.md', () => {
  it('names only verbs and options that there are', async () => {
    expect(commands.length).toBeGreaterThan(20);
    for (const { verb, options } of commands) {
      const { exitCode, out } = await cli().sekisho([...verb.split(' '), '--help']);
      expect({ verb, exitCode }).toEqual({ verb, exitCode: 0 });
      for (const option of options)
        expect({ verb, help: out }).toEqual({ verb, help: expect.stringContaining(option) });
    }
  });

  it('has every section that the doctor sends people to', () => {
    const folder = join(root, 'src/cli/doctor');
    const source = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    const named = source.join('\n').matchAll(/docs\/operations\.md, "([^"]+)"/g);
    const titles = [...named].map(([, title]) => title);
    expect(titles.length).toBeGreaterThan(1);
    for (const title of titles) expect(text).toMatch(new RegExp(`^#+ ${title}$`, 'm'));
  });
});
