/**
 * What one process has counted and measured, in a form that goes from process to process, and the sum of several. Each
 * metric says for itself how it adds up (`aggregator`): counts are summed, of the slowest the slowest is told.
 */
import { AggregatorRegistry, type Registry } from 'prom-client';

/** JSON, whole metrics with their values. */
export type Figures = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Of several processes: the mean would hide the one that is stuck, and the newest start tells of a restart. */
const slowest = /^nodejs_eventloop_lag_(?!min_)/;
const ownWays: Readonly<Record<string, Figures[number]['aggregator']>> = { process_start_time_seconds: 'max' };

export async function figuresIn(...registries: readonly Registry[]): Promise<Figures> {
  const found = await Promise.all(registries.map((registry) => registry.getMetricsAsJSON()));
  return found.flat().map((metric) => ({
    ...metric,
    aggregator: slowest.test(metric.name) ? 'max' : (ownWays[metric.name] ?? metric.aggregator),
    // JSON knows no NaN, which stands for "nothing measured yet".
    values: metric.values.filter(({ value }) => Number.isFinite(value)),
  }));
}

export const addUp = (all: readonly Figures[]): Promise<Figures> =>
  AggregatorRegistry.aggregate([...all]).getMetricsAsJSON();

export const textOf = (all: readonly Figures[]): Promise<string> => AggregatorRegistry.aggregate([...all]).metrics();

/** What stays true of a process that is gone: a count that fell would pass for one that began anew. */
export const lastingIn = (figures: Figures): Figures =>
  figures.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));
