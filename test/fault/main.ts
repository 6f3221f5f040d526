/** `npm run fault -- [kill|power|full-disk|fsync] [rounds]`, all of them unless said: figures, and exit 1 when anything did not hold. */
import { killRounds } from './kill-rounds.ts';
import { outageRounds } from './outage-rounds.ts';

const say = (line: string): void => console.log(line);

const trials = {
  kill: { usual: 50, run: (kills: number) => killRounds({ kills, say }) },
  power: { usual: 50, run: (kills: number) => killRounds({ kills, cutsPower: true, say }) },
  'full-disk': { usual: 20, run: (outages: number) => outageRounds({ fault: 'full', outages, say }) },
  fsync: { usual: 20, run: (outages: number) => outageRounds({ fault: 'sync-fails', outages, say }) },
} as const;

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
