/**
 * OIDC single sign-on with two workers against one, each server on a store of its own. The load takes a good part of one
 * processor: on two, the second worker has what is left, and shall cost no more than it brings.
 */
import { availableParallelism } from 'node:os';
import { type Measured, startSekisho } from '../measured.ts';
import { signIn } from '../password-login.ts';
import { inTurn, median, round } from '../round.ts';
import type { Row } from '../row.ts';
import { type Flow, singleSignOn } from '../single-sign-on.ts';
import { openUniversity, type University } from '../university.ts';

const rounds = 5;
const load = { flows: 2_000, atOnce: 16 };
const people = 20;

export const workersRow: Row = {
  name: 'workers',
  async run(say) {
    const one = await open(1, say);
    const two = await open(2, say);
    const pairs = await inTurn(rounds, async () => ({
      one: await round(one.server, one.flow, load),
      two: await round(two.server, two.flow, load),
    }));
    await Promise.all([one.server.stop(), two.server.stop()]);
    one.university.close();
    two.university.close();
    return [
      {
        what: `OIDC single sign-on, durable SQLite, two workers against one (${availableParallelism()} processors, load included)`,
        measured: `${median(pairs.map((pair) => pair.two.flowsPerSecond)).toFixed(0)} flows/s`,
        against: `${median(pairs.map((pair) => pair.one.flowsPerSecond)).toFixed(0)} flows/s`,
        value: median(pairs.map((pair) => pair.two.flowsPerSecond / pair.one.flowsPerSecond)),
        budget: { least: 0.9 },
        cpuSeconds: median(pairs.map((pair) => pair.two.cpuSeconds)),
        cpuSecondsAgainst: median(pairs.map((pair) => pair.one.cpuSeconds)),
        rssMiB: median(pairs.map((pair) => pair.two.rssMiB)),
        more: { rounds, ...load },
      },
    ];
  },
};

interface Opened {
  readonly server: Measured;
  readonly flow: Flow;
  readonly university: University;
}

async function open(workers: number, say: (line: string) => void): Promise<Opened> {
  const university = await openUniversity({ accounts: 1_000, connections: 100 }, say);
  const started = await startSekisho(university.directory, { SEKISHO__SERVER__WORKERS: String(workers) });
  const server = { ...started, usage: () => usageOf(started) };
  const flow = await singleSignOn(server.ready, await signIn(server.ready, university.credentials, people));
  return { server, flow, university };
}

/** Of all its processes, as it tells itself. */
async function usageOf({ ready }: Measured): Promise<{ kind: 'usage'; cpuSeconds: number; rssMiB: number }> {
  const text = await (await fetch(`${ready.issuer}/metrics`)).text();
  const sampleOf = (name: string): number => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
  return {
    kind: 'usage',
    cpuSeconds: sampleOf('process_cpu_seconds_total'),
    rssMiB: sampleOf('process_resident_memory_bytes') / 2 ** 20,
  };
}
