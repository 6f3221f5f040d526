/** `npm run fault`: fifty kills, or as many as the argument says; its figures, and exit 1 when anything did not hold. */
import { killRounds } from './kill-rounds.ts';

const report = await killRounds(Number(process.argv[2] ?? 50), (line) => console.log(line));
console.log(JSON.stringify(report, null, 2));
process.exitCode = report.failures.length === 0 ? 0 : 1;
