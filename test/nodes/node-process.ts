/** Starts a node in a process of its own, whose clock may be wrong, and kills it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { SekishoWishes } from '../support/sekisho.ts';

export interface NodeProcess {
  readonly address: AddressInfo;
  kill(): Promise<void>;
}

export async function startNode(wishes: SekishoWishes, clockAhead: number): Promise<NodeProcess> {
  const child = fork(new URL('node-main.ts', import.meta.url), [JSON.stringify(wishes)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--import', new URL('skewed-clock.ts', import.meta.url).href],
    env: { ...process.env, SEKISHO_TEST_CLOCK_AHEAD: String(clockAhead) },
  });
  const ended = once(child, 'exit');
  const [address] = await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`the node has ended with ${code}`))),
  ]);
  return {
    address: address as AddressInfo,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
