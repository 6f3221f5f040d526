/** All meters of one node, and what they say when somebody asks. */
import { Registry } from 'prom-client';
import type { World } from '../core/world.ts';
import type { ObserveLogin } from '../login/observe.ts';
import type { StoreWatch } from '../store/watch.ts';
import { type KeyMeans, keyMeter } from './key-meter.ts';
import { loginMeter } from './login-meter.ts';
import { processRegistry } from './process-registry.ts';
import { type AnsweredRequest, requestMeter } from './request-meter.ts';
import { type JobStanding, readStanding, type Standing } from './standing.ts';
import { standingMeter } from './standing-meter.ts';
import { storeMeter } from './store-meter.ts';

export interface MetricsMeans extends KeyMeans {
  readonly world: World;
  jobs(): Promise<readonly JobStanding[]>;
}

export interface Metrics {
  readonly login: ObserveLogin;
  readonly request: (answered: AnsweredRequest) => void;
  readonly store: StoreWatch;
  readonly contentType: string;
  /** Prometheus' text. Does not fail, and does not wait longer than `patience` for a store. */
  text(): Promise<string>;
}

/** Milliseconds. Two who ask at the same time, or one who asks all the time, do not make the store read more. */
const readEvery = 5_000;
const patience = 2_000;

export function openMetrics(means: MetricsMeans): Metrics {
  const { world, jobs } = means;
  const registry = new Registry();
  const showStanding = standingMeter(registry);
  const showKeys = keyMeter(registry, means);
  let read: { readonly at: number; readonly standing: Promise<Standing | undefined> } | undefined;

  /** Undefined when the store does not answer. */
  function standing(): Promise<Standing | undefined> {
    const at = performance.now();
    if (read === undefined || at - read.at >= readEvery) read = { at, standing: inTime(readStanding(world, jobs)) };
    return read.standing;
  }

  return {
    login: loginMeter(registry),
    request: requestMeter(registry),
    store: storeMeter(registry),
    contentType: registry.contentType,
    async text() {
      showStanding(await standing());
      showKeys(world.clock.now());
      return `${await registry.metrics()}\n${await processRegistry().metrics()}`;
    },
  };
}

/** An engine far away may keep silent where one at hand says no. */
async function inTime(reading: Promise<Standing>): Promise<Standing | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, patience, undefined);
  });
  try {
    return await Promise.race([reading, late]);
  } catch {
    // What it was is told by whoever needed the store; here it is a figure.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
