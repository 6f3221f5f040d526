/** docs/operations.md is read when nobody has time to find out that a command is called otherwise by now. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commandLine } from './command-line.ts';

const cli = commandLine();
const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'docs/operations.md'), 'utf8');

/** Verbs, with the options given to them. */
const commands = [
  ...text.matchAll(/(?:npx sekisho|-u sekisho bin\/sekisho\.js) ([a-z][a-z -]*[a-z])([^`\n|&#]*)/g),
].map(([, words = '', rest = '']) => {
  const [verb = ''] = words.split(/ -/);
  return { verb, options: `${words}${rest}`.match(/--[a-z-]+/g) ?? [] };
});

describe('docs/operations.md', () => {
  it('names only verbs and options that there are', async () => {
    expect(commands.length).toBeGreaterThan(20);
    for (const { verb, options } of commands) {
      const { exitCode, out } = await cli().sekisho([...verb.split(' '), '--help']);
      expect({ verb, exitCode }).toEqual({ verb, exitCode: 0 });
      // Of a verb that there is not, the help is that of the program.
      expect({ verb, out }).toEqual({ verb, out: expect.not.stringMatching(/^Usage: sekisho \[/) });
      for (const option of options)
        expect({ verb, help: out }).toEqual({ verb, help: expect.stringContaining(option) });
    }
  });

  it('leaves the program to root, and lets root run nothing where the server may write', () => {
    const chapter = (title: string): string => text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    const [install, upgrade] = ['Install', 'Upgrade'].map(
      (title) => /```sh\n([\s\S]*?)```/.exec(chapter(title))?.[1] ?? '',
    );
    // Who owns the folder can put another `bin` or `node_modules` in its place.
    expect(install).toMatch(/^useradd .*--no-create-home --home-dir \/nonexistent /);
    const [, own = ''] = /^install -d -o sekisho .*-m 700 (.+)$/m.exec(install ?? '') ?? [];
    expect(own).toBe('/srv/sekisho/var /srv/sekisho/keys');
    expect(chapter('Install')).toContain(`\nReadWritePaths=${own}\n`);
    expect(install?.match(/^(?:chown|install) .*/gm)).toEqual([
      'install -d -m 755 /srv/sekisho',
      expect.stringMatching(/^chown -R root:root \. /),
      `install -d -o sekisho -g sekisho -m 700 ${own}`,
    ]);
    const starts = `${install}${upgrade}`.match(/[^&\n]*(?:npx sekisho|bin\/sekisho\.js)/g) ?? [];
    expect(starts.length).toBeGreaterThan(2);
    for (const start of starts) expect(start.trim()).toBe('sudo -u sekisho bin/sekisho.js');
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
