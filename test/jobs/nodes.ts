/**
 * Several Sekisho processes on one store, each with a clock and a stopwatch of its own. Time passes for the nodes
 * that are named: one that is left out hangs, as in a suspended machine.
 */
import { setImmediate } from 'node:timers/promises';
import { afterEach } from '@jest/globals';
import { systemIds } from '../../src/base/ids.ts';
import { openLog } from '../../src/base/log.ts';
import type { Pace } from '../../src/core/leases/due.ts';
import { leaseFences, leases } from '../../src/core/leases/lease.ts';
import type { Job } from '../../src/jobs/job.ts';
import { type Runner, startRunner } from '../../src/jobs/runner.ts';
import type { Workplace } from '../../src/jobs/workplace.ts';
import { openStore } from '../../src/store/open.ts';
import type { Collection, Store } from '../../src/store/port.ts';
import { temporaryFiles } from '../store/sqlite/temporary-file.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeTimer } from './fake-timer.ts';

/** What jobs of the tests write. */
export interface Entry {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly expiresAt?: number;
}

export const entries: Collection<Entry> = {
  name: 'entries',
  indexes: [{ name: 'byTime', fields: ['at'] }],
  expiresAt: 'expiresAt',
};

export interface Node extends Workplace {
  readonly clock: FakeClock;
  readonly timer: FakeTimer;
  readonly lines: Record<string, unknown>[];
  start(...jobs: readonly Job[]): Runner;
  /** From now on every call of the store fails, as if the network were cut. */
  cutOff(): void;
}

export const pace: Pace = {
  lease: 30_000,
  retry: { firstDelay: 10_000, longestDelay: 900_000 },
  timeZone: 'Asia/Tokyo',
};

/** A store that begins empty, somewhere else than in a file. */
export interface FreshStore {
  readonly url: string;
  drop(): Promise<void>;
}

/**
 * To be called at the top of a suite. On a file, or where `place` says, each node opens the store for itself, as processes do;
 * in memory they share what is open, which is for tests that live through too much to wait for a disk.
 */
export function nodesOnOneStore(place: 'file' | 'memory' | (() => Promise<FreshStore>)) {
  const newFile = temporaryFiles();
  let file: string | undefined;
  let elsewhere: FreshStore | undefined;
  let shared: Promise<Store> | undefined;
  let underWay = 0;
  const closing: (() => Promise<void>)[] = [];

  /** Ends all nodes; those opened afterwards begin with an empty store. */
  async function endAll(): Promise<void> {
    file = undefined;
    shared = undefined;
    for (const close of closing.splice(0)) await close();
    await elsewhere?.drop();
    elsewhere = undefined;
  }
  afterEach(endAll);

  async function openFor(clock: FakeClock): Promise<Store> {
    const collections = [leases, leaseFences, entries];
    if (typeof place === 'function') {
      elsewhere ??= await place();
      return openStore({ url: elsewhere.url, collections, clock });
    }
    file ??= newFile();
    if (place === 'file') return openStore({ url: `sqlite:${file}`, collections, clock });
    shared ??= openStore({ url: 'sqlite::memory:', collections, clock });
    return shared;
  }

  /** Lets everything happen that needs no time to pass. */
  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet += 1) {
      await setImmediate();
      if (underWay > 0) quiet = -1;
    }
  }

  function counted<Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>, isCut: () => boolean) {
    return async (...args: Args): Promise<Result> => {
      if (isCut()) throw new Error('cut off');
      underWay += 1;
      try {
        return await call(...args);
      } finally {
        underWay -= 1;
      }
    };
  }

  return {
    settle,
    endAll,

    async openNode(holder: string): Promise<Node> {
      const clock = new FakeClock();
      const timer = new FakeTimer();
      const real = await openFor(clock);
      let isCutOff = false;
      const isCut = () => isCutOff;
      const store = {
        ...real,
        get: counted(real.get, isCut),
        find: counted(real.find, isCut),
        commit: counted(real.commit, isCut),
        sweep: counted(real.sweep, isCut),
      } as Store;
      const lines: Record<string, unknown>[] = [];
      const log = openLog('debug', { write: (line: string) => void lines.push(JSON.parse(line)) });
      const place = { world: { store, clock, ids: systemIds }, log, timer, pace, holder };
      closing.push(() => real.close());
      return {
        ...place,
        clock,
        timer,
        lines,
        start(...jobs) {
          const runner = startRunner(place, jobs);
          closing.unshift(async () => {
            let hasStopped = false;
            const stopped = runner.stop(1_000_000).then(() => {
              hasStopped = true;
            });
            while (!hasStopped) {
              timer.advance(10_000);
              await settle();
            }
            await stopped;
          });
          return runner;
        },
        cutOff() {
          isCutOff = true;
        },
      };
    },

    /** For all of them at once, and so that nothing that falls due in between is passed over. */
    async pass(milliseconds: number, ...nodes: readonly Node[]): Promise<void> {
      let left = milliseconds;
      await settle();
      while (left > 0) {
        const step = Math.min(left, Math.max(1, Math.min(...nodes.map(({ timer }) => timer.next))));
        for (const { clock, timer } of nodes) {
          clock.advance(step);
          timer.advance(step);
        }
        left -= step;
        await settle();
      }
    },
  };
}

/** What the jobs wrote, in the order of its time. */
export async function written({ world }: Node): Promise<readonly string[]> {
  const { records } = await world.store.find(entries, { index: 'byTime', limit: 1000 });
  return records.map(({ text }) => text);
}
