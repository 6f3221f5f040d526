/** A metric that is called otherwise by now wakes nobody: code, manual and alerts are compared. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { openMetrics } from '../../src/metrics/open-metrics.ts';
import { openWorld } from '../core/fresh-world.ts';

const docs = join(import.meta.dirname, '../../docs');
const manual = readFileSync(join(docs, 'operations.md'), 'utf8');
const alerts = parse(readFileSync(join(docs, 'alerts.yaml'), 'utf8')) as {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
};
const rules = alerts.groups.flatMap((group) => group.rules);

/** Every name that may stand in an expression: those of a histogram have three. */
let names: ReadonlySet<string>;
let own: readonly string[];
beforeAll(async () => {
  const { world } = await openWorld();
  const metrics = openMetrics({ world, keys: () => [], turnsAt: () => undefined, jobs: async () => [] });
  const types = [...(await metrics.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  await world.store.close();
  own = types.map(([, name = '']) => name).filter((name) => name.startsWith('sekisho_'));
  names = new Set(
    types.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
});

describe('docs/operations.md', () => {
  it('has a row for every metric of ours, and for none that is not there', () => {
    const rows = [...manual.matchAll(/^\| `(sekisho_\w+)` \|/gm)].map(([, name]) => name);
    expect(own.length).toBeGreaterThan(20);
    expect(rows.toSorted()).toEqual([...own].sort());
  });

  it('says of every alert what to do, and of none that is not there', () => {
    const rows = [...manual.matchAll(/^\| (Sekisho\w+) \|/gm)].map(([, name]) => name);
    expect(rows.toSorted()).toEqual(rules.map(({ alert }) => alert).sort());
  });
});

describe('docs/alerts.yaml', () => {
  it('asks for metrics that there are', () => {
    expect(rules.length).toBeGreaterThan(10);
    for (const { alert, expr } of rules) {
      const asked = [...expr.matchAll(/\b(?:sekisho|nodejs|process)_\w+/g)].map(([name]) => name);
      const unknown = asked.filter((name) => !names.has(name));
      expect({ alert, unknown }).toEqual({ alert, unknown: [] });
      expect(asked.length + (expr.startsWith('up{') ? 1 : 0)).toBeGreaterThan(0);
    }
  });
});
