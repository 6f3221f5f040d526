/**
 * The clock, randomness and the environment are each read in one place, so that a test can hold them in its hand. Read
 * from the syntax tree, so that comments and strings may name what code may not call.
 */

import { isTypeScript, type Rule } from '../source-tree.ts';
import { type Finding, readersIn } from '../world-reads.ts';

const places: Readonly<Record<Finding['what'], (path: string) => boolean>> = {
  'the clock': (path) => path === 'src/base/clock.ts' || isStranger(path),
  randomness: (path) => path === 'src/base/ids.ts' || isStranger(path),
  'the environment': (path) => path.startsWith('src/config/'),
};
/** The demo's relying parties stand for other institutions, and share nothing with us. */
const isStranger = (path: string): boolean => path.startsWith('src/demo/services/');
const at = (text: string, path = 'src/core/a.ts') => [{ path, text }];

export const worldReaders: Rule = {
  name: 'the clock, randomness and the environment are read in one place each',
  judge: (files) =>
    files
      .filter((file) => file.path.startsWith('src/') && isTypeScript(file))
      .flatMap(({ path, text }) =>
        readersIn(text)
          .filter(({ what }) => !places[what](path))
          .map(({ what, code }) => `${path}: reads ${what} (${code})`),
      ),
  refuses: [
    { why: 'the time', files: at('export const a = Date.now();') },
    { why: 'the time, handed on', files: at('export const a = { now: Date.now };') },
    { why: 'today', files: at('export const a = new Date();') },
    { why: 'today, without new', files: at('export const a = Date();') },
    { why: 'random bytes', files: at("import { randomBytes } from 'node:crypto';") },
    { why: 'random bytes under another name', files: at("import { randomUUID as id } from 'node:crypto';") },
    {
      why: 'random bytes of a module',
      files: at("import crypto from 'node:crypto';\nexport const a = crypto.randomInt(3);"),
    },
    { why: 'weak randomness', files: at('export const a = Math.random();') },
    { why: 'the browser’s randomness', files: at('crypto.getRandomValues(new Uint8Array(1));') },
    { why: 'a variable of the environment', files: at('export const a = process.env.HOME;') },
    { why: 'the environment as a whole', files: at('const { env } = process;') },
    { why: 'the environment by import', files: at("import { env } from 'node:process';") },
    { why: 'the environment in the command line', files: at('export const a = process.env;', 'src/cli/start.ts') },
    { why: 'the environment in a demo service', files: at('export const a = process.env;', 'src/demo/services/a.ts') },
  ],
  accepts: [
    { why: 'the clock', files: at('export const a = Date.now();', 'src/base/clock.ts') },
    { why: 'the source of ids', files: at("import { randomBytes } from 'node:crypto';", 'src/base/ids.ts') },
    { why: 'the configuration', files: at('export const a = process.env;', 'src/config/environment.ts') },
    { why: 'a given instant as a date', files: at('export const a = (at: number) => new Date(at);') },
    {
      why: 'a demo service’s own state',
      files: at("import { randomBytes } from 'node:crypto';", 'src/demo/services/a.ts'),
    },
    {
      why: 'words about them',
      files: at("/** Never Date.now() or process.env. */\nexport const a = 'Math.random()';"),
    },
  ],
};
