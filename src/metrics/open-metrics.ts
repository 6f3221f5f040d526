/** All meters of one node, and what they say when somebody asks. */
import { Registry } from 'prom-client';
import type { World } from '../core/world.ts';
import type { ObserveLogin } from '../login/observe.ts';
import type { StoreWatch } from '../store/watch.ts';
import { crewMeter } from './crew-meter.ts';
import { type Figures, figuresIn, textOf } from './figures.ts';
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
  /** Who serves beside this process, where anybody does. */
  readonly crew?: Crew;
}

/** The other processes behind one port: whoever is asked answers for all. */
export interface Crew {
  /** What they have counted, those that are gone included, for what we have. Does not fail, and does not wait for long. */
  others(own: Figures): Promise<Others>;
}

export interface Others {
  readonly figures: readonly Figures[];
  /** How many processes have died. */
  readonly deaths: number;
}

export interface Metrics {
  readonly login: ObserveLogin;
  readonly request: (answered: AnsweredRequest) => void;
  readonly store: StoreWatch;
  readonly contentType: string;
  /** Prometheus' text. Does not fail, and does not wait longer than `patience` for a store. */
  text(): Promise<string>;
  /** What this process has counted, for another that is asked. */
  figures(): Promise<Figures>;
}

/** Milliseconds. Two who ask at the same time, or one who asks all the time, do not make the store read more. */
const readEvery = 5_000;
const patience = 2_000;

export function openMetrics(means: MetricsMeans): Metrics {
  const { world, jobs, crew } = means;
  // What every process counts for itself, and what is the same whichever is asked.
  const [counted, asked] = [new Registry(), new Registry()];
  const showStanding = standingMeter(asked);
  const showKeys = keyMeter(asked, means);
  const showDeaths = crewMeter(counted, asked);
  let read: { readonly at: number; readonly standing: Promise<Standing | undefined> } | undefined;

  /** Undefined when the store does not answer. */
  function standing(): Promise<Standing | undefined> {
    const at = performance.now();
    if (read === undefined || at - read.at >= readEvery) read = { at, standing: inTime(readStanding(world, jobs)) };
    return read.standing;
  }

  const figures = (): Promise<Figures> => figuresIn(counted, processRegistry());

  return {
    login: loginMeter(counted),
    request: requestMeter(counted),
    store: storeMeter(counted),
    contentType: asked.contentType,
    figures,
    async text() {
      const own = await figures();
      const [stands, others] = await Promise.all([standing(), crew?.others(own)]);
      showStanding(stands);
      showKeys(world.clock.now());
      showDeaths(others?.deaths ?? 0);
      return `${await asked.metrics()}\n${await textOf([own, ...(others?.figures ?? [])])}`;
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
