/** One round: so many flows at a server, so many at a time. */
import type { Measured } from './measured.ts';
import type { Flow } from './single-sign-on.ts';

export interface Figures {
  readonly flowsPerSecond: number;
  /** Half of the flows took no longer. */
  readonly p50Milliseconds: number;
  /** Of the server, per thousand flows. */
  readonly cpuSeconds: number;
  readonly rssMiB: number;
}

export interface Load {
  readonly flows: number;
  readonly atOnce: number;
  /** The index of the first flow: another for each round, where nobody is to come twice. */
  readonly from?: number;
}

export async function round(server: Measured, flow: Flow, { flows, atOnce, from = 0 }: Load): Promise<Figures> {
  const before = await server.usage();
  const startedAt = performance.now();
  const taken: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < flows) {
      const index = from + next;
      next += 1;
      const begun = performance.now();
      await flow(index);
      taken.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - startedAt) / 1000;
  const after = await server.usage();
  return {
    flowsPerSecond: flows / seconds,
    p50Milliseconds: median(taken),
    cpuSeconds: ((after.cpuSeconds - before.cpuSeconds) / flows) * 1000,
    rssMiB: after.rssMiB,
  };
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Round by round in turn, so that a machine whose speed drifts drifts for both. The first pair warms up and does not count. */
export async function inTurn<T>(rounds: number, play: (round: number) => Promise<T>): Promise<readonly T[]> {
  const played: T[] = [];
  for (let at = 0; at <= rounds; at += 1) {
    const result = await play(at);
    if (at > 0) played.push(result);
  }
  return played;
}
