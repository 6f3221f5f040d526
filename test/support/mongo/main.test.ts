import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, it } from '@jest/globals';
import { describeWith } from '../needs.ts';
import { tryMember } from './ask-member.ts';
import { mongod } from './mongod.ts';
import { isRunning, makeFolder } from './stale-folders.ts';
import { until } from './until.ts';

const started: ChildProcess[] = [];

describeWith(mongod, 'node test/support/mongo/main.ts', () => {
  afterEach(() => {
    for (const child of started.splice(0)) child.kill();
  });

  it('prints a connection string and takes the set with it on SIGTERM', async () => {
    const { child, host } = await start();
    expect(await tryMember(host, { hello: 1 })).toMatchObject({ setName: 'sekisho', isWritablePrimary: true });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expectNothingOf(child.pid, host);
  });

  it('ends with the process that it was started for', async () => {
    const owner = spawn('sleep', ['600']);
    const { child, host } = await start('--while', String(owner.pid));
    owner.kill('SIGKILL');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await expectNothingOf(child.pid, host);
  });

  it('killed outright, leaves nothing beyond the next start: not even a frozen member', async () => {
    const { child, host } = await start();
    const [folder = ''] = foldersOf(child.pid);
    const [port = ''] = readdirSync(folder);
    const member = Number(readFileSync(join(folder, port, 'mongod.lock'), 'utf8'));
    process.kill(member, 'SIGSTOP');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isRunning(member)).toBe(true);
    rmSync(makeFolder(), { recursive: true });
    await until('the member to go', 10, () => !isRunning(member) || undefined);
    await expectNothingOf(child.pid, host);
  });
});

async function start(...more: readonly string[]) {
  const script = join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, [script, '--members', '1', ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  expect(url).toMatch(/^mongodb:\/\/127\.0\.0\.1:\d+\/sekisho\?replicaSet=sekisho$/);
  return { child, host: new URL(url).host };
}

function foldersOf(pid: number | undefined): string[] {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(`sekisho-mongo-${pid}-`));
  return names.map((name) => join(tmpdir(), name));
}

async function expectNothingOf(pid: number | undefined, host: string): Promise<void> {
  expect(foldersOf(pid)).toEqual([]);
  expect(await tryMember(host, { hello: 1 })).toBeUndefined();
}
