/**
 * `npm run bench`, or `npm run bench -- <row> …`: prints a table and writes var/bench.json. Each row holds Sekisho against
 * a ceiling or against itself in the same run; ratios count, single times do not.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { type Finding, isKept, type Row } from './row.ts';
import { coldStartRow } from './rows/cold-start.ts';
import { growthRow } from './rows/growth.ts';
import { memoryRow } from './rows/memory.ts';
import { passwordLoginRow } from './rows/password-login.ts';
import { samlSingleSignOnRow } from './rows/saml-single-sign-on.ts';
import { singleSignOnRow } from './rows/single-sign-on.ts';
import { singleSignOnMongoRow } from './rows/single-sign-on-mongo.ts';
import { workersRow } from './rows/workers.ts';

const rows: readonly Row[] = [
  singleSignOnRow,
  singleSignOnMongoRow,
  workersRow,
  samlSingleSignOnRow,
  passwordLoginRow,
  growthRow,
  coldStartRow,
  memoryRow,
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !rows.some((row) => row.name === name));
if (unknown.length > 0) {
  console.error(`no such row: ${unknown.join(', ')}. There are ${rows.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const findings: (Finding & { readonly row: string })[] = [];
for (const row of rows.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`${row.name} …`);
  const found = await row.run((line) => console.log(line));
  findings.push(...found.map((finding) => ({ row: row.name, ...finding })));
}

const budgetText = (budget: Finding['budget']): string => {
  if (budget === undefined) return '';
  return 'least' in budget ? `≥ ${budget.least}` : `≤ ${budget.most}`;
};
const shown = (number: number | undefined, digits: number): string => number?.toFixed(digits) ?? '';
const table = new Table({
  head: ['what', 'measured', 'against', 'value', 'budget', 'CPU s/1000', 'against', 'RSS MiB'],
  colWidths: [52],
  wordWrap: true,
  style: { head: [] },
});
for (const finding of findings) {
  const { what, measured, against = '', value, budget, cpuSeconds, cpuSecondsAgainst, rssMiB } = finding;
  table.push([
    what,
    measured,
    against,
    shown(value, 2),
    `${budgetText(budget)}${isKept(finding) ? '' : ' (missed)'}`,
    shown(cpuSeconds, 2),
    shown(cpuSecondsAgainst, 2),
    shown(rssMiB, 0),
  ]);
}
console.log(table.toString());
mkdirSync('var', { recursive: true });
const rowsForFile = findings.map((finding) => ({ ...finding, isKept: isKept(finding) }));
writeFileSync('var/bench.json', `${JSON.stringify({ node: process.version, rows: rowsForFile }, null, 2)}\n`);
console.log('written to var/bench.json');
