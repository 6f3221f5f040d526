/**
 * `npm run fault -- [trial] [number]`, all of them unless said: figures, and exit 1 when anything did not hold. The number is that of the
 * rounds, or of the logins on a replica set.
 */
import { killRounds } from './kill-rounds.ts';
import { outageRounds } from './outage-rounds.ts';
import { type SetFault, setFaults } from './set-faults.ts';
import { setRound } from './set-rounds.ts';

const say = (line: string): void => console.log(line);

const people = 10;

const setTrials = Object.keys(setFaults).map((fault) => [
  fault,
  {
    usual: 500,
    run: (logins: number) => setRound({ fault: fault as SetFault, people, services: Math.ceil(logins / people), say }),
  },
]);

interface Trial {
  readonly usual: number;
  run(number: number): Promise<{ readonly failures: readonly string[] }>;
}

const trials: Readonly<Record<string, Trial>> = {
  kill: { usual: 50, run: (kills: number) => killRounds({ kills, say }) },
  power: { usual: 50, run: (kills: number) => killRounds({ kills, cutsPower: true, say }) },
  'full-disk': { usual: 20, run: (outages: number) => outageRounds({ fault: 'full', outages, say }) },
  fsync: { usual: 20, run: (outages: number) => outageRounds({ fault: 'sync-fails', outages, say }) },
  ...Object.fromEntries(setTrials),
};

const [, , asked, rounds] = process.argv;
const chosen = Object.entries(trials).filter(([name]) => asked === undefined || asked === name);
if (chosen.length === 0) {
  console.error(`There is no trial ${asked}. The trials: ${Object.keys(trials).join(', ')}.`);
  process.exitCode = 2;
}
for (const [name, { usual, run }] of chosen) {
  say(`${name}:`);
  const report = await run(Number(rounds ?? usual));
  say(JSON.stringify(report, null, 2));
  if (report.failures.length > 0) process.exitCode = 1;
}
