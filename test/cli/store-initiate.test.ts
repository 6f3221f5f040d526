/** Servers that nobody has made into a set: started here as they are, since the sets of the tests make themselves. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mongod } from '../support/mongo/mongod.ts';
import { unusedPorts } from '../support/mongo/unused-ports.ts';
import { describeWith } from '../support/needs.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();

describe('store initiate', () => {
  it('refuses a store that is no set', async () => {
    const { ok, refused } = await cli().json(['store', 'initiate']);
    expect({ ok, refused }).toEqual({ ok: false, refused: [expect.objectContaining({ reason: 'no_set' })] });
  });
});

describeWith(mongod, 'store initiate on servers', () => {
  let folder = '';
  let ports: readonly number[] = [];
  let servers: readonly ChildProcess[] = [];

  const start = (more: readonly string[]): void => {
    servers = ports.map((port) => {
      const path = join(folder, String(port));
      mkdirSync(path);
      const place = ['--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', path];
      return spawn(mongod.path, [...place, '--wiredTigerCacheSizeGB', '0.25', ...more], { stdio: 'ignore' });
    });
  };
  const initiate = () => {
    const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
    const environment = { SEKISHO__STORE__URL: `mongodb://${hosts}/sekisho?replicaSet=campus` };
    return cli().json(['store', 'initiate'], { environment });
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sekisho-set-'));
    ports = await unusedPorts(2);
  });
  afterEach(async () => {
    const ended = servers.map((server) => once(server, 'exit'));
    for (const server of servers) server.kill('SIGKILL');
    await Promise.all(ended);
    rmSync(folder, { recursive: true });
  });

  it('makes one set of them, and leaves it as it is when it is called again', async () => {
    start(['--replSet', 'campus']);
    const first = await initiate();
    expect(first).toMatchObject({ ok: true, isNew: true, hosts: ports.map((port) => `127.0.0.1:${port}`) });
    expect(await initiate()).toMatchObject({ ok: true, isNew: false, primary: first.primary });
  }, 90_000);

  it('says which server was started without the name of the set', async () => {
    start([]);
    const { ok, refused } = await initiate();
    expect({ ok, refused }).toEqual({
      ok: false,
      refused: [expect.objectContaining({ message: expect.stringContaining('without --replSet campus') })],
    });
  }, 90_000);
});
