import { describe, expect, it } from '@jest/globals';
import { Counter, Registry } from 'prom-client';
import { FiguresDesk } from '../../../src/cli/workers/figures-desk.ts';
import type { Hand } from '../../../src/cli/workers/hand.ts';
import { type Figures, figuresIn, textOf } from '../../../src/metrics/figures.ts';
import type { Others } from '../../../src/metrics/open-metrics.ts';

async function counted(count: number): Promise<Figures> {
  const registry = new Registry();
  new Counter({ name: 'c', help: 'c', registers: [registry] }).inc(count);
  return figuresIn(registry);
}

/** One that is asked and answers, or not. */
function hand(desk: FiguresDesk, answer?: () => Promise<Figures>): Hand {
  const one: Hand = {
    pid: 1,
    listening: Promise.resolve({ issuer: '', host: '', port: 1 }),
    gone: new Promise(() => undefined),
    tell: () => void answer?.().then((figures) => desk.came(one, figures)),
  };
  desk.join(one);
  return one;
}

const sumOf = async (own: Figures, { figures }: Others): Promise<string | undefined> =>
  (await textOf([own, ...figures])).split('\n').find((line) => line.startsWith('c '));

describe('the desk for figures', () => {
  it('asks everybody but who asks', async () => {
    const desk = new FiguresDesk();
    let wasAsked = false;
    const asking = hand(desk, () => {
      wasAsked = true;
      return counted(100);
    });
    hand(desk, () => counted(20));
    hand(desk, () => counted(3));
    expect(await sumOf(await counted(1), await desk.others(asking, await counted(1)))).toBe('c 24');
    expect(wasAsked).toBe(false);
  });

  it('tells of one that is stuck as it was, and waits for nobody for long', async () => {
    const desk = new FiguresDesk();
    const asking = hand(desk);
    const stuck = hand(desk);
    desk.came(stuck, await counted(20));
    expect(await sumOf(await counted(1), await desk.others(asking, await counted(1)))).toBe('c 21');
  });

  it('goes on counting those who are gone, however many, and who died', async () => {
    const desk = new FiguresDesk();
    const asking = hand(desk);
    const going = Array.from({ length: 5 }, () => hand(desk));
    for (const one of going) desk.came(one, await counted(10));
    for (const one of going) {
      desk.died();
      desk.parted(one);
    }
    const others = await desk.others(asking, await counted(1));
    expect(await sumOf(await counted(1), others)).toBe('c 51');
    expect(others.deaths).toBe(5);
  });

  it('lets nobody wait for one that goes meanwhile', async () => {
    const desk = new FiguresDesk();
    const asking = hand(desk);
    const going = hand(desk, async () => {
      desk.parted(going);
      return [];
    });
    desk.came(going, await counted(20));
    expect(await sumOf(await counted(1), await desk.others(asking, await counted(1)))).toBe('c 21');
  });
});
