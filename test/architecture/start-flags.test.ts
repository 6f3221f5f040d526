/** Every way to start the server gives Node the same flags (docs/decisions/0009-memory.md). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const flagsIn = (text: string): readonly string[] =>
  text.match(/--max-semi-space-size=\d+|--heap-growing-percent=\d+/g) ?? [];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const flags = flagsIn(scripts.start ?? '');

describe('the flags of npm start', () => {
  it('bound the new space and the growth of the old one', () => {
    expect(flags).toHaveLength(2);
  });

  it.each([
    ['npm run demo', () => scripts.demo ?? ''],
    ['the image', () => readFileSync('Dockerfile', 'utf8')],
    ['npx sekisho', () => readFileSync('bin/sekisho.js', 'utf8')],
    ['the unit of systemd in docs/operations.md', () => readFileSync('docs/operations.md', 'utf8')],
  ])('are those of %s', (_way, text) => {
    expect(flagsIn(text())).toEqual(flags);
  });
});
