/** Starts a server in a process of its own and drives flows at it; tells throughput and the server's processor time. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { FromServer, Ready, Usage } from './servers/messages.ts';
import { singleSignOn } from './single-sign-on.ts';

export interface Figures {
  readonly flowsPerSecond: number;
  /** Of the server, per thousand flows. */
  readonly cpuSeconds: number;
  readonly rssMiB: number;
}

export interface Measured {
  /** One round: so many flows, so many at a time. */
  round(flows: number, atOnce: number): Promise<Figures>;
  stop(): Promise<void>;
}

export async function startMeasured(module: string): Promise<Measured> {
  const child = fork(new URL(`servers/${module}.ts`, import.meta.url), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ready = (await hear(child, 'ready')) as Ready;
  const flow = await singleSignOn(ready);
  const usage = async (): Promise<Usage> => {
    const heard = hear(child, 'usage');
    child.send('usage');
    return (await heard) as Usage;
  };
  return {
    async round(flows, atOnce) {
      const before = await usage();
      const startedAt = performance.now();
      let next = 0;
      const worker = async (): Promise<void> => {
        while (next < flows) {
          const index = next;
          next += 1;
          await flow(index);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      const seconds = (performance.now() - startedAt) / 1000;
      const after = await usage();
      return {
        flowsPerSecond: flows / seconds,
        cpuSeconds: ((after.cpuSeconds - before.cpuSeconds) / flows) * 1000,
        rssMiB: after.rssMiB,
      };
    },
    async stop() {
      const ended = once(child, 'exit');
      child.send('stop');
      await ended;
    },
  };
}

function hear(child: ChildProcess, kind: FromServer['kind']): Promise<FromServer> {
  return new Promise((resolve, reject) => {
    const listen = (message: FromServer): void => {
      if (message.kind !== kind) return;
      child.off('message', listen);
      resolve(message);
    };
    child.on('message', listen);
    child.once('exit', (code) => reject(new Error(`the measured server ended with ${code}`)));
  });
}
