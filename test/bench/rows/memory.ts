/** Resident memory over a hundred thousand logins, one in a hundred of them with a password. Said every ten thousand. */
import { startSekisho } from '../measured.ts';
import { passwordLogin, signIn } from '../password-login.ts';
import { round } from '../round.ts';
import type { Row } from '../row.ts';
import { singleSignOn } from '../single-sign-on.ts';
import { openUniversity } from '../university.ts';

const logins = 100_000;
const parts = 10;
const everyHundredth = 100;
const atOnce = 16;

export const memoryRow: Row = {
  name: 'memory',
  async run(say) {
    const university = await openUniversity({ accounts: 1_000, connections: 100 }, say);
    const sekisho = await startSekisho(university.directory);
    const { rssMiB: atStart } = await sekisho.usage();
    const enter = await singleSignOn(sekisho.ready, await signIn(sekisho.ready, university.credentials, 20));
    const logIn = await passwordLogin(sekisho.ready, university.credentials);
    const flow = (index: number) => (index % everyHundredth === 0 ? logIn(index / everyHundredth) : enter(index));
    const rss: number[] = [];
    const cpu: number[] = [];
    for (let part = 0; part < parts; part += 1) {
      const flows = logins / parts;
      const figures = await round(sekisho, flow, { flows, atOnce, from: part * flows });
      rss.push(Math.round(figures.rssMiB));
      cpu.push(figures.cpuSeconds);
      say(`  ${(part + 1) * flows} logins: ${figures.rssMiB.toFixed(0)} MiB, ${figures.flowsPerSecond.toFixed(0)}/s`);
    }
    await sekisho.stop();
    university.close();
    return [
      {
        what: `resident memory over ${logins} logins, ${logins / everyHundredth} of them with a password (the highest)`,
        measured: `${Math.max(...rss)} MiB`,
        against: `${atStart.toFixed(0)} MiB at start`,
        value: Math.max(...rss),
        budget: { most: 200 },
        cpuSeconds: cpu.reduce((sum, seconds) => sum + seconds, 0) / parts,
        rssMiB: rss.at(-1) ?? 0,
        more: { rssMiBEvery10000: rss },
      },
    ];
  },
};
