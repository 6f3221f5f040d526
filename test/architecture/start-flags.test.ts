/** Every way to start the server is one: the same flags and the same compile cache (docs/decisions/0019-compile-cache.md). */
import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const flagsIn = (text: string): readonly string[] => text.match(/--[a-z-]+(?:=\d+)?/g) ?? [];
const firstLineOf = (path: string): string => readFileSync(path, 'utf8').split('\n', 1)[0] ?? '';
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const flags = flagsIn(scripts.start ?? '');

describe('the flags of npm start', () => {
  it('bound the new space and the growth of the old one, and have hot code compiled once and soon', () => {
    expect(flags).toHaveLength(4);
  });

  it.each([
    ['npm run demo', () => scripts.demo ?? ''],
    ['npx sekisho', () => firstLineOf('bin/sekisho.js')],
  ])('are those of %s', (_way, text) => {
    expect(flagsIn(text())).toEqual(flags);
  });
});

describe('bin/sekisho.js, which brings flags and compile cache,', () => {
  it.each([
    ['npm start', () => scripts.start ?? '', / bin\/sekisho\.js start$/],
    ['npm run demo', () => scripts.demo ?? '', / bin\/sekisho\.js demo$/],
    ['the image', () => readFileSync('Dockerfile', 'utf8'), /^ENTRYPOINT \["\/app\/bin\/sekisho\.js", "start"\]$/m],
    ['bin/fill-cache.sh', () => readFileSync('bin/fill-cache.sh', 'utf8'), / bin\/sekisho\.js start --config /],
    [
      'the unit of systemd in docs/operations.md',
      () => readFileSync('docs/operations.md', 'utf8'),
      /^ExecStart=\/srv\/sekisho\/bin\/sekisho\.js start /m,
    ],
  ])('is what %s starts', (_way, text, start) => {
    expect(text()).toMatch(start);
  });

  it('can be started by itself', () => {
    expect(statSync('bin/sekisho.js').mode & 0o111).toBe(0o111);
  });
});
