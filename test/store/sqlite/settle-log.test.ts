import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openSqlite } from '../../../src/store/sqlite/open-sqlite.ts';
import { damageOf } from '../../fault/damage.ts';
import { type Disk, openDisk } from '../../fault/disk.ts';
import { compiler, describeWith } from '../../support/needs.ts';
import { type Slip, slips } from './small-writer.ts';

describeWith(compiler, 'a store whose last process died after a sync had failed', () => {
  let directory: string;
  let disk: Disk;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'sekisho-settle-'));
    disk = openDisk(directory);
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  const file = (): string => join(directory, 'sekisho.db');

  async function startWriter() {
    const child = fork(new URL('small-writer.ts', import.meta.url), [file()], {
      env: { ...process.env, ...disk.environment },
    });
    children.push(child);
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('the writer has ended')));
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    return {
      async write(id: string, length = 5_000): Promise<unknown> {
        const answer = once(child, 'message');
        child.send({ id, text: 'x'.repeat(length) } satisfies Slip);
        return (await answer)[0];
      },
      async kill(): Promise<void> {
        child.kill('SIGKILL');
        await ended.catch(() => undefined);
      },
    };
  }

  async function idsIn(): Promise<readonly string[]> {
    const store = openSqlite({ path: file(), collections: [slips], clock: { now: () => 0 } });
    const found = await Promise.all(['before', 'refused', 'after'].map((id) => store.get(slips, id)));
    await store.close();
    return found.flatMap((slip) => slip?.id ?? []);
  }

  it('merges nothing that never reached the disk: the power may go in the middle of it', async () => {
    // Laid out and closed in order: the log then holds one small commit, and a larger one that was refused.
    await idsIn();
    const first = await startWriter();
    expect(await first.write('before', 1)).toBe('written');
    disk.turn('sync-fails', true);
    expect(await first.write('refused')).toBe('store.unavailable');
    await first.kill();
    disk.turn('sync-fails', false);
    disk.turn('dies-at-sync', true);
    await expect(startWriter()).rejects.toThrow('ended');
    // All that was merged by then, the refused commit among it, of which the log on the disk must know.
    disk.cutPower(() => true);
    expect(await idsIn()).toContain('before');
    expect(damageOf(file())).toEqual([]);
  });

  it('goes on by itself when syncs work again, and loses nothing of what it acknowledged with the power', async () => {
    const writer = await startWriter();
    expect(await writer.write('before')).toBe('written');
    disk.turn('sync-fails', true);
    expect(await writer.write('refused')).toBe('store.unavailable');
    disk.turn('sync-fails', false);
    expect(await writer.write('after')).toBe('written');
    await writer.kill();
    disk.cutPower();
    expect(await idsIn()).toEqual(['before', 'after']);
  });

  it('opens as it is where the disk is full', async () => {
    const first = await startWriter();
    expect(await first.write('before')).toBe('written');
    disk.turn('full', true);
    expect(await first.write('refused')).toBe('store.unavailable');
    await first.kill();
    const second = await startWriter();
    disk.turn('full', false);
    expect(await second.write('after')).toBe('written');
    await second.kill();
    disk.cutPower();
    expect(await idsIn()).toEqual(['before', 'after']);
  });
});
