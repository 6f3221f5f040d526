import { describe, expect, it } from '@jest/globals';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { auditHead } from '../../src/core/audit/head.ts';
import { addUp, type Figures, figuresIn, lastingIn, textOf } from '../../src/metrics/figures.ts';
import { openMetrics } from '../../src/metrics/open-metrics.ts';
import { processRegistry } from '../../src/metrics/process-registry.ts';
import { storeMeter } from '../../src/metrics/store-meter.ts';
import { freshWorld } from '../core/fresh-world.ts';

const fresh = freshWorld(auditHead);

/** As it arrives from another process. */
const sent = (figures: Figures): Figures => JSON.parse(JSON.stringify(figures));

async function counted(count: number, seconds: number): Promise<Figures> {
  const registry = new Registry();
  const registers = [registry];
  new Counter({ name: 'c', help: 'c', labelNames: ['outcome'], registers }).inc({ outcome: 'granted' }, count);
  new Histogram({ name: 'h', help: 'h', buckets: [1, 2], registers }).observe(seconds);
  new Gauge({ name: 'g', help: 'g', registers }).set(count);
  return sent(await figuresIn(registry));
}

describe('figures of several processes', () => {
  it('are summed, series by series', async () => {
    const text = await textOf([await counted(3, 0.5), await counted(4, 1.5)]);
    expect(text).toContain('c{outcome="granted"} 7\n');
    expect(text).toContain('h_bucket{le="1"} 1\n');
    expect(text).toContain('h_bucket{le="2"} 2\n');
    expect(text).toContain('h_sum 2\n');
    expect(text).toContain('h_count 2\n');
    expect(text).toContain('g 7\n');
  });

  it('keep the counts of one that is gone, and nothing else of it', async () => {
    const gone = sent(await addUp([lastingIn(await counted(3, 0.5)), lastingIn(await counted(4, 1.5))]));
    const text = await textOf([await counted(1, 0.5), gone]);
    expect(text).toContain('c{outcome="granted"} 8\n');
    expect(text).toContain('h_count 3\n');
    expect(text).toContain('g 1\n');
  });

  it('say that writes are refused where any of them is refused', async () => {
    const [well, ill] = [new Registry(), new Registry()];
    storeMeter(well);
    storeMeter(ill).writesFail?.(new Error('disk full'));
    const text = await textOf([await figuresIn(well), sent(await figuresIn(ill))]);
    expect(text).toContain('sekisho_store_takes_writes 0\n');
  });

  it('tell how slow the slowest is, not the mean, and one build once', async () => {
    const here = await figuresIn(processRegistry());
    const slow = here.map((one) => ({ ...one, values: one.values.map((value) => ({ ...value, value: 900 })) }));
    const text = await textOf([here, slow]);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds 900\n');
    expect(text).toMatch(/^process_start_time_seconds \d+$/m);
    expect(await textOf([here, here])).toMatch(/^sekisho_build_info\{.*\} 1$/m);
  });

  it('are asked of the others when one is asked', async () => {
    const { world } = fresh();
    const means = { world, keys: () => [], turnsAt: () => undefined, jobs: async () => [] };
    const other = openMetrics(means);
    other.request({ route: 'login', status: 200, milliseconds: 1 });
    const asked = openMetrics({
      ...means,
      crew: { others: async () => ({ figures: [sent(await other.figures())], deaths: 3 }) },
    });
    asked.request({ route: 'login', status: 200, milliseconds: 1 });
    const text = await asked.text();
    expect(text).toContain('sekisho_http_requests_total{route="login",status="200"} 2\n');
    expect(text).toContain('sekisho_workers 2\n');
    expect(text).toContain('sekisho_worker_deaths_total 3\n');
    // The same for all: told once.
    expect(text).toContain('sekisho_store_up 1\n');
    expect(text.match(/^# TYPE sekisho_store_up /gm)).toHaveLength(1);
  });
});
