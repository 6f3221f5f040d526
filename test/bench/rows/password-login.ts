/** A login with a password, a new browser each time, against nothing but its hash on the same threads. */
import { openClient } from '../exchange.ts';
import { startCeiling, startSekisho } from '../measured.ts';
import { passwordLogin } from '../password-login.ts';
import { inTurn, median, round } from '../round.ts';
import type { Row } from '../row.ts';
import { benchConfig, openUniversity } from '../university.ts';

const rounds = 5;
const load = { flows: 400, atOnce: 8 };

export const passwordLoginRow: Row = {
  name: 'password-login',
  async run(say) {
    const university = await openUniversity({ accounts: 1_000, connections: 100 }, say);
    const { memoryKiB, iterations, parallelism } = benchConfig(university.directory).password.argon2;
    const sekisho = await startSekisho(university.directory);
    const hash = await startCeiling('hash-only', [memoryKiB, iterations, parallelism].map(String));
    const logIn = await passwordLogin(sekisho.ready, university.credentials);
    const send = openClient();
    const hashOnce = async () => {
      const { status } = await send(hash.ready.issuer);
      if (status !== 200) throw new Error(`no hash: ${status}`);
    };
    const pairs = await inTurn(rounds, async (at) => ({
      sekisho: await round(sekisho, logIn, { ...load, from: at * load.flows }),
      hash: await round(hash, hashOnce, load),
    }));
    await Promise.all([sekisho.stop(), hash.stop()]);
    university.close();
    const perSecond = median(pairs.map((pair) => pair.sekisho.flowsPerSecond));
    const ceiling = median(pairs.map((pair) => pair.hash.flowsPerSecond));
    return [
      {
        what: `password login (new browser, Argon2id ${memoryKiB} KiB t=${iterations}) against its hash alone`,
        measured: `${perSecond.toFixed(0)} logins/s`,
        against: `${ceiling.toFixed(0)} hashes/s`,
        value: median(pairs.map((pair) => pair.sekisho.flowsPerSecond / pair.hash.flowsPerSecond)),
        budget: { least: 0.8 },
        cpuSeconds: median(pairs.map((pair) => pair.sekisho.cpuSeconds)),
        cpuSecondsAgainst: median(pairs.map((pair) => pair.hash.cpuSeconds)),
        rssMiB: median(pairs.map((pair) => pair.sekisho.rssMiB)),
        more: {
          rounds,
          ...load,
          // Without the browsers, which take their part of the same processors.
          cpuRatio: median(pairs.map((pair) => pair.hash.cpuSeconds / pair.sekisho.cpuSeconds)),
        },
      },
    ];
  },
};
