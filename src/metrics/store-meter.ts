/** The store at work: how long its answers take, how commits gather, and whether the disk takes them. */
import { Gauge, Histogram, type Registry } from 'prom-client';
import type { StoreWatch } from '../store/watch.ts';

const buckets = [0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5];

export function storeMeter(registry: Registry): StoreWatch {
  const registers = [registry];
  const operations = new Histogram({
    name: 'sekisho_store_operation_seconds',
    help: 'Time until the store answered, by operation; a commit when it is on the disk, a file’s record known from memory not at all',
    labelNames: ['operation'],
    buckets,
    registers,
  });
  const sizes = new Histogram({
    name: 'sekisho_store_group_commits',
    help: 'Commits that shared one transaction and one sync of the disk',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers,
  });
  const seconds = new Histogram({
    name: 'sekisho_store_group_seconds',
    help: 'Time that such a transaction took, its sync included',
    buckets,
    registers,
  });
  const takesWrites = new Gauge({
    name: 'sekisho_store_takes_writes',
    help: '1 while writes reach the disk, 0 while they are refused',
    // Of several processes: 0 where any of them is refused.
    aggregator: 'min',
    registers,
  });
  takesWrites.set(1);
  return {
    operationDone: (operation, milliseconds) => operations.observe({ operation }, milliseconds / 1000),
    groupWritten({ commits, milliseconds }) {
      sizes.observe(commits);
      seconds.observe(milliseconds / 1000);
    },
    writesFail: () => takesWrites.set(0),
    writesRecovered: () => takesWrites.set(1),
  };
}
