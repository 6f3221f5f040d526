import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../src/base/ids.ts';
import { loadMasterKey } from '../../../src/core/keys/master-keys.ts';

describe('loadMasterKey', () => {
  let directory = '';
  let keys = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sekisho-keys-'));
    keys = join(directory, 'keys');
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));
  const load = async () => loadMasterKey(keys, systemIds);

  it('makes a key once and reads it ever after', async () => {
    const made = await load();
    const text = await readFile(join(keys, 'master.key'), 'utf8');
    const read = await load();
    expect(read.id).toBe(made.id);
    expect(read.subkey('private-keys')).toEqual(made.subkey('private-keys'));
    expect(await readFile(join(keys, 'master.key'), 'utf8')).toBe(text);
  });

  it('leaves file and folder to their owner alone', async () => {
    await load();
    expect((await stat(join(keys, 'master.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(keys)).mode & 0o777).toBe(0o700);
  });

  it('agrees on one key when many start at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      await rm(keys, { recursive: true, force: true });
      const loaded = await Promise.all(Array.from({ length: 8 }, load));
      expect(new Set(loaded.map(({ id }) => id)).size).toBe(1);
      expect(await readdir(keys)).toEqual(['master.key']);
    }
  });

  it.each([
    ['nothing', ''],
    ['a key that is too short', Buffer.alloc(16).toString('base64url')],
    ['a key that is too long', Buffer.alloc(48).toString('base64url')],
    ['words', 'this is not a key'],
  ])('refuses a file that holds %s, and leaves it alone', async (_what, text) => {
    await load();
    await writeFile(join(keys, 'master.key'), text);
    await expect(load()).rejects.toMatchObject({ code: 'key.unreadable' });
    expect(await readFile(join(keys, 'master.key'), 'utf8')).toBe(text);
  });
});
