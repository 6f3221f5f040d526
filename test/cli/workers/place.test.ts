/** A place in the crew, with hands that live and die as the test says. */
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ToldFailure } from '../../../src/cli/failure.ts';
import type { Hand, Parting } from '../../../src/cli/workers/hand.ts';
import { keepPlace, type Means } from '../../../src/cli/workers/place.ts';
import type { ToWorker } from '../../../src/cli/workers/words.ts';

interface Scripted extends Hand {
  readonly told: ToWorker[];
  listens(): void;
  fails(): void;
  dies(lived: number): void;
}

const listening = { issuer: 'http://localhost:1', host: '127.0.0.1', port: 1 };

function scripted(): Scripted {
  const heard = Promise.withResolvers<typeof listening>();
  const gone = Promise.withResolvers<Parting>();
  heard.promise.catch(() => undefined);
  const told: ToWorker[] = [];
  const dies = (lived: number): void => gone.resolve({ code: null, signal: 'SIGKILL', lived });
  return {
    pid: 1,
    listening: heard.promise,
    gone: gone.promise,
    told,
    tell: (word) => void told.push(word),
    listens: () => heard.resolve(listening),
    fails() {
      heard.reject(new ToldFailure({ exitCode: 2, text: 'cannot' }));
      dies(0);
    },
    dies,
  };
}

/** What the crew gives a place, with hands in the order in which they are hired. */
function openCrew() {
  const ending = new AbortController();
  const pauses: number[] = [];
  const hands: Scripted[] = [];
  const hired = new Map<number, PromiseWithResolvers<Scripted>>();
  const at = (index: number) => {
    const one = hired.get(index) ?? Promise.withResolvers<Scripted>();
    hired.set(index, one);
    return one;
  };
  let others = true;
  let deaths = 0;
  const means: Means = {
    log: pino({ level: 'silent' }),
    ending: ending.signal,
    hire() {
      const hand = scripted();
      hands.push(hand);
      at(hands.length).resolve(hand);
      return hand;
    },
    isAnybodyLeft: () => others,
    died: () => {
      deaths += 1;
    },
    wait: async (milliseconds) => void pauses.push(milliseconds),
  };
  return {
    means,
    pauses,
    end: () => ending.abort(),
    /** The first, second … that was hired. */
    hand: (index: number) => at(index).promise,
    loseOthers: () => {
      others = false;
    },
    deaths: () => deaths,
  };
}

describe('a place', () => {
  it('is filled at once after a long life, and after growing pauses where lives are short', async () => {
    const { means, pauses, hand, deaths } = openCrew();
    const first = scripted();
    keepPlace(first, means);
    first.dies(100_000);
    const second = await hand(1);
    second.listens();
    second.dies(5);
    (await hand(2)).fails();
    await hand(3);
    expect(pauses).toEqual([0, 1_000, 2_000]);
    expect(deaths()).toBe(2);
  });

  it('is given up, with what was the matter, when nobody is left and the next cannot start', async () => {
    const { means, hand, loseOthers } = openCrew();
    const first = scripted();
    const { kept } = keepPlace(first, means);
    loseOthers();
    first.dies(100_000);
    (await hand(1)).fails();
    await expect(kept).rejects.toThrow('cannot');
  });

  it('lets go of one only when the next listens', async () => {
    const { means, hand, deaths } = openCrew();
    const first = scripted();
    const place = keepPlace(first, means);
    const replaced = place.replace();
    const next = await hand(1);
    expect(first.told).toEqual([]);
    next.listens();
    await next.listening;
    await Promise.resolve();
    await Promise.resolve();
    expect(first.told).toEqual([{ kind: 'leave', leaving: 'replaced' }]);
    first.dies(5);
    expect(await replaced).toBe(true);
    expect(deaths()).toBe(0);
  });

  it('keeps one whose next cannot start', async () => {
    const { means, hand } = openCrew();
    const first = scripted();
    const place = keepPlace(first, means);
    const replaced = place.replace();
    (await hand(1)).fails();
    expect(await replaced).toBe(false);
    expect(first.told).toEqual([]);
  });

  it('stays empty when all end', async () => {
    const { means, end, pauses, deaths } = openCrew();
    const first = scripted();
    const { kept } = keepPlace(first, means);
    end();
    first.dies(5);
    await kept;
    expect({ pauses, deaths: deaths() }).toEqual({ pauses: [], deaths: 0 });
  });
});
