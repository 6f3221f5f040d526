/**
 * `npm run bench`: each row holds Sekisho against a ceiling in the same run, round by round in turn, so that a machine
 * whose speed drifts drifts for both. Prints a table and writes var/bench.json. Ratios count, single times do not.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { type Figures, startMeasured } from './measure.ts';

const rounds = 5;
const flows = 2_000;
const atOnce = 16;
const budget = 0.85;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const sekisho = await startMeasured('sekisho');
const bare = await startMeasured('bare-provider');
const pairs: { readonly sekisho: Figures; readonly bare: Figures }[] = [];
// The first pair warms both up and is not counted.
for (let round = 0; round <= rounds; round += 1) {
  const pair = { sekisho: await sekisho.round(flows, atOnce), bare: await bare.round(flows, atOnce) };
  if (round > 0) pairs.push(pair);
}
await Promise.all([sekisho.stop(), bare.stop()]);

const row = {
  what: 'OIDC single sign-on (authorize + token, RS256, durable SQLite)',
  against: 'bare oidc-provider, in memory',
  flowsPerSecond: median(pairs.map((pair) => pair.sekisho.flowsPerSecond)),
  ceilingFlowsPerSecond: median(pairs.map((pair) => pair.bare.flowsPerSecond)),
  ratio: median(pairs.map((pair) => pair.sekisho.flowsPerSecond / pair.bare.flowsPerSecond)),
  budget,
  cpuSecondsPer1000: median(pairs.map((pair) => pair.sekisho.cpuSeconds)),
  ceilingCpuSecondsPer1000: median(pairs.map((pair) => pair.bare.cpuSeconds)),
  rssMiB: median(pairs.map((pair) => pair.sekisho.rssMiB)),
};

const table = new Table({
  head: ['what', 'flows/s', 'ceiling', 'ratio', 'budget', 'CPU s/1000', 'ceiling', 'RSS MiB'],
  style: { head: [] },
});
table.push([
  row.what,
  row.flowsPerSecond.toFixed(0),
  row.ceilingFlowsPerSecond.toFixed(0),
  row.ratio.toFixed(2),
  `≥ ${row.budget}`,
  row.cpuSecondsPer1000.toFixed(2),
  row.ceilingCpuSecondsPer1000.toFixed(2),
  row.rssMiB.toFixed(0),
]);
console.log(table.toString());
mkdirSync('var', { recursive: true });
writeFileSync('var/bench.json', `${JSON.stringify({ rounds, flows, atOnce, rows: [row] }, null, 2)}\n`);
console.log('written to var/bench.json');
