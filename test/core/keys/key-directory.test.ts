import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type KeyDirectory, keyDirectory } from '../../../src/core/keys/key-directory.ts';
import { masterKeyOf } from '../../../src/core/keys/master-key.ts';

let folder = '';
let keys: KeyDirectory;
const bytes = Buffer.alloc(32, 3);
const { id } = masterKeyOf(bytes);
const textOf = (content: Buffer): string => `${content.toString('base64url')}\n`;
const states = () => keys.files().map(({ key, state }) => [key.id, state]);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sekisho-directory-'));
  keys = keyDirectory(join(folder, 'keys'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the folder of the master keys', () => {
  it('holds nothing before it is made', () => {
    expect(keys.files()).toEqual([]);
  });

  it('leads a key from draft over usable to retired, in files for their owner alone', () => {
    for (const [act, state] of [
      [() => keys.draft(bytes), 'draft'],
      [() => keys.publish(id), 'usable'],
      [() => keys.retire(id), 'retired'],
    ] as const) {
      act();
      expect(states()).toEqual([[id, state]]);
      const [file] = keys.files();
      expect(statSync(file?.path ?? '').mode & 0o777).toBe(0o600);
      expect(readFileSync(file?.path ?? '', 'utf8')).toBe(textOf(bytes));
    }
    expect(statSync(keys.path).mode & 0o777).toBe(0o700);
  });

  it('does each step again without harm, from wherever it was interrupted', () => {
    keys.draft(bytes);
    keys.publish(id);
    // Killed between the two names of one file.
    writeFileSync(join(keys.path, `master-${id}.draft`), textOf(bytes), { mode: 0o600 });
    keys.publish(id);
    keys.publish(id);
    expect(states()).toEqual([[id, 'usable']]);
    writeFileSync(join(keys.path, `master-${id}.retired`), textOf(bytes), { mode: 0o600 });
    keys.retire(id);
    keys.retire(id);
    expect(states()).toEqual([[id, 'retired']]);
  });

  it('never takes the place of a file', () => {
    expect(keys.begin(bytes)).toBe(true);
    expect(keys.begin(Buffer.alloc(32, 4))).toBe(false);
    expect(states()).toEqual([[id, 'usable']]);
    keys.draft(Buffer.alloc(32, 5));
    expect(() => keys.draft(Buffer.alloc(32, 5))).toThrow('EEXIST');
  });

  it('clears drafts away, also one that was never finished, and nothing else', () => {
    keys.begin(bytes);
    keys.draft(Buffer.alloc(32, 4));
    writeFileSync(join(keys.path, 'master-abcdefgh.draft'), 'AAAA');
    writeFileSync(join(keys.path, 'notes.draft'), 'of an operator');
    keys.discardDrafts();
    expect(readdirSync(keys.path).sort()).toEqual(['master.key', 'notes.draft']);
  });

  it.each([
    ['holds no key', () => textOf(Buffer.alloc(16))],
    ['holds another key than its name says', () => textOf(Buffer.alloc(32, 4))],
  ])('is not read while a file in it %s', (_, text) => {
    keys.begin(bytes);
    writeFileSync(join(keys.path, `master-${id}.key`), text());
    expect(() => keys.files()).toThrow(expect.objectContaining({ code: 'key.unreadable' }) as unknown as Error);
  });

  it('passes over files that are named otherwise', () => {
    keys.begin(bytes);
    writeFileSync(join(keys.path, 'master.key.orig'), 'anything');
    writeFileSync(join(keys.path, 'tls.key'), 'anything');
    chmodSync(join(keys.path, 'tls.key'), 0o600);
    expect(states()).toEqual([[id, 'usable']]);
  });
});
