/**
 * Writes groups on a thread of its own, with a connection of its own, so that neither the disk's sync nor another
 * process's lock keeps requests waiting that only read.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../base/clock.ts';
import { DomainError } from '../../base/errors.ts';
import type { AnyCollection } from '../port.ts';
import type { ConnectionOptions } from './connection.ts';
import type { Task, Verdict } from './write-group.ts';
import type { GroupWriter } from './writer.ts';

export interface ThreadSetup extends ConnectionOptions {
  readonly collections: readonly AnyCollection[];
}

export interface Group {
  readonly tasks: readonly Task[];
  /** The thread has no clock of its own: time is the caller's. */
  readonly now: number;
}

export function threadWriter(setup: ThreadSetup, clock: Clock): GroupWriter {
  const worker = new Worker(new URL('writer-thread.ts', import.meta.url), { workerData: setup });
  // An idle store must not keep a command from ending.
  worker.unref();
  let failure: unknown;
  worker.on('error', (error) => {
    failure = error;
  });
  return {
    write: (tasks) =>
      new Promise<readonly Verdict[]>((resolve, reject) => {
        const gone = (): void => reject(new DomainError('store.unavailable', { reason: 'writer ended' }, failure));
        if (failure !== undefined) return gone();
        worker.ref();
        worker.once('exit', gone);
        worker.once('message', (verdicts: readonly Verdict[]) => {
          worker.off('exit', gone);
          worker.unref();
          resolve(verdicts);
        });
        worker.postMessage({ tasks, now: clock.now() } satisfies Group);
      }),
    async close() {
      if (failure !== undefined) return;
      worker.ref();
      const ended = once(worker, 'exit');
      worker.postMessage('close');
      await ended;
    },
  };
}
