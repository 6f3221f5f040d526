/** How much longer a login takes in a large university than in a small one: both run at once and are asked in turn. */
import { startSekisho } from '../measured.ts';
import { passwordLogin, signIn } from '../password-login.ts';
import { type Figures, inTurn, median, round } from '../round.ts';
import type { Finding, Row } from '../row.ts';
import { type Flow, singleSignOn } from '../single-sign-on.ts';
import { openUniversity, type Size } from '../university.ts';

const rounds = 7;
export const small: Size = { accounts: 1_000, connections: 100 };
export const large: Size = { accounts: 1_000_000, connections: 10_000 };

const ways = [
  { name: 'password login', flows: 60, atOnce: 2 },
  { name: 'single sign-on', flows: 800, atOnce: 4 },
] as const;

export const growthRow: Row = {
  name: 'growth',
  async run(say) {
    const [little, great] = [await open(small, say), await open(large, say)];
    const findings: Finding[] = [];
    for (const [at, { name, flows, atOnce }] of ways.entries()) {
      const play = (place: typeof little, turn: number): Promise<Figures> =>
        round(place.server, place.flows[at] as Flow, { flows, atOnce, from: turn * flows });
      const pairs = await inTurn(rounds, async (turn) => ({
        little: await play(little, turn),
        great: await play(great, turn),
      }));
      const p50 = (which: 'little' | 'great') => median(pairs.map((pair) => pair[which].p50Milliseconds));
      findings.push({
        what: `growth: ${name}, p50 with 1,000,000 accounts and 10,000 connections against 1,000 and 100`,
        measured: `${p50('great').toFixed(1)} ms`,
        against: `${p50('little').toFixed(1)} ms`,
        value: median(pairs.map((pair) => pair.great.p50Milliseconds / pair.little.p50Milliseconds)),
        budget: { most: 1.2 },
        cpuSeconds: median(pairs.map((pair) => pair.great.cpuSeconds)),
        cpuSecondsAgainst: median(pairs.map((pair) => pair.little.cpuSeconds)),
        rssMiB: median(pairs.map((pair) => pair.great.rssMiB)),
        more: { rounds, flows, atOnce },
      });
    }
    for (const { server, university } of [little, great]) {
      await server.stop();
      university.close();
    }
    return findings;
  },
};

async function open(size: Size, say: (line: string) => void) {
  const university = await openUniversity(size, say);
  const server = await startSekisho(university.directory);
  const { credentials } = university;
  const cookies = await signIn(server.ready, credentials, 50);
  return {
    university,
    server,
    flows: [await passwordLogin(server.ready, credentials), await singleSignOn(server.ready, cookies)] as const,
  };
}
