import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type Row, rows } from '../../src/login/next-step.ts';

const lines = readFileSync(new URL('../../src/login/login.mermaid', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const [title, begin, ...arrows] = lines.map((line) => line.trim());

/** A row as the diagram draws it: a step leads back to the table, an outcome ends. */
function drawn({ rule, decision }: Row): string {
  if (decision.kind === 'step') return `next -- "${rule}" --> ${decision.step.name}[${decision.step.name}] --> next`;
  if (decision.kind === 'denied') return `next -- "${rule}" --> ${decision.reason}([denied: ${decision.reason}])`;
  return `next -- "${rule}" --> granted([granted])`;
}

describe('login.mermaid', () => {
  it('begins at the table', () => {
    expect([title, begin]).toEqual(['flowchart TD', 'begin([begin]) --> next{next-step}']);
  });

  it.each(rows.map((row) => [row.rule, row] as const))('draws that %s', (_rule, row) => {
    expect(arrows).toContain(drawn(row));
  });

  it.each(arrows)('draws nothing that the table does not say: %s', (arrow) => {
    expect(rows.map(drawn)).toContain(arrow);
  });

  it('draws steps and outcomes in the order of the table', () => {
    for (const kind of ['step', 'denied'] as const) {
      const inTable = rows.filter(({ decision }) => decision.kind === kind).map(drawn);
      expect(arrows.filter((arrow) => inTable.includes(arrow))).toEqual(inTable);
    }
  });
});
