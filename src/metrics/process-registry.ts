/** The process itself: memory, processor time, event loop, garbage collection, and which build it is. */
import { readFileSync } from 'node:fs';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

let made: Registry | undefined;

/** One for the process, however many nodes a test runs in it: what it watches can be watched once only. */
export function processRegistry(): Registry {
  made ??= makeRegistry();
  return made;
}

function makeRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  const build = new Gauge({
    name: 'sekisho_build_info',
    help: 'Always 1; which version runs, on which Node',
    labelNames: ['version', 'node'],
    aggregator: 'first',
    registers: [registry],
  });
  build.set({ version, node: process.version }, 1);
  return registry;
}
