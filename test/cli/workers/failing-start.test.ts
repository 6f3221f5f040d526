/** Workers that cannot start: what is wrong is said once, by the process that the operator started. */
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openGround } from '../../../src/ground.ts';
import { testConfig } from '../../support/sekisho.ts';
import { type Running, spawnCrew, startCrew } from '../running-crew.ts';

const kyoto = join(import.meta.dirname, '../../../config/kyoto.yaml');
let directory: string;
let running: Running | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sekisho-crew-'));
});
afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.exited;
  rmSync(directory, { recursive: true });
});

const timesIn = (text: string, part: string): number => text.split(part).length - 1;

describe('a server whose workers cannot start', () => {
  it('says once that another version has the store open, as a server of one process does', async () => {
    await (await openGround(testConfig(directory))).close();
    const other = new DatabaseSync(join(directory, 'sekisho.db'));
    other.exec("PRAGMA user_version = 1; UPDATE collection SET name = name WHERE name = 'people'");
    running = await spawnCrew(directory, { SEKISHO__SERVER__WORKERS: '3' });
    expect(await once(running.child, 'close')).toEqual([1, null]);
    other.close();
    expect(JSON.parse(running.rest())).toMatchObject({ ok: false, error: { code: 'store.in_use' } });
    expect(running.err()).toBe('');
  }, 60_000);

  it('says once that the port is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    running = await spawnCrew(directory, { SEKISHO__SERVER__LISTEN__PORT: String(port) });
    expect(await once(running.child, 'close')).toEqual([1, null]);
    taken.close();
    const error = { code: 'server.address_taken', facts: { port } };
    expect(JSON.parse(running.rest())).toMatchObject({ ok: false, error });
    expect(running.workers()).toEqual([]);
  }, 60_000);

  it('keeps those that it has when they cannot be replaced, and gives up when none is left', async () => {
    const file = join(directory, 'sekisho.yaml');
    copyFileSync(kyoto, file);
    running = await startCrew(directory, { SEKISHO_CONFIG: file });
    const workers = running.workers();
    writeFileSync(file, 'sever: {}\n');
    running.child.kill('SIGUSR2');
    await running.until(({ msg }) => msg === 'a worker could not be replaced, and stays');
    expect((await fetch(`${running.issuer}/livez`)).status).toBe(200);
    for (const pid of workers) process.kill(pid, 'SIGKILL');
    expect(await once(running.child, 'close')).toEqual([1, null]);
    expect(timesIn(running.rest(), 'did you mean server?')).toBe(1);
  }, 60_000);
});
