/**
 * One place in the crew: somebody is at work in it, or about to be. One that died is followed by another, one that is to be
 * replaced goes when its next listens. When nobody at all is left and the next cannot start either, that is told.
 */
import type { Log } from '../../base/log.ts';
import type { ToldFailure } from '../failure.ts';
import type { Hand } from './hand.ts';
import { nextPause } from './pause.ts';

export interface Means {
  readonly log: Log;
  /** Aborted when the crew ends. */
  readonly ending: AbortSignal;
  hire(): Hand;
  /** Whether anybody lives, in whichever place. */
  isAnybodyLeft(): boolean;
  died(): void;
  /** Milliseconds, or until `ending`. */
  wait(milliseconds: number): Promise<void>;
}

export interface Place {
  /** Rejects with ToldFailure when nobody is left, else resolves when the crew ends and this place is empty. */
  readonly kept: Promise<void>;
  /** Resolves when the next is at work and the one before is gone; false when the next could not start. */
  replace(): Promise<boolean>;
}

export function keepPlace(first: Hand, means: Means): Place {
  const { log, ending } = means;
  let asked = Promise.withResolvers<(isReplaced: boolean) => void>();

  /** Undefined when the crew ends meanwhile. */
  async function refill(lived: number, last: number): Promise<{ hand: Hand; pause: number } | undefined> {
    for (let pause = nextPause(last, lived); ; pause = nextPause(pause, 0)) {
      await means.wait(pause);
      if (ending.aborted) return undefined;
      const hand = means.hire();
      const failure = await failureOf(hand);
      if (ending.aborted || failure === undefined) return { hand, pause };
      if (!means.isAnybodyLeft()) throw failure;
      log.error({ err: failure }, 'a worker could not start');
    }
  }

  async function succeed(hand: Hand): Promise<Hand> {
    const next = means.hire();
    const failure = await failureOf(next);
    if (failure !== undefined) {
      log.error({ err: failure }, 'a worker could not be replaced, and stays');
      return hand;
    }
    hand.tell({ kind: 'leave', leaving: 'replaced' });
    await hand.gone;
    return next;
  }

  async function keep(): Promise<void> {
    let hand = first;
    let pause = 0;
    while (!ending.aborted) {
      const event = await Promise.race([hand.gone, asked.promise]);
      if (ending.aborted) break;
      if (typeof event === 'function') {
        asked = Promise.withResolvers();
        const next = await succeed(hand);
        event(next !== hand);
        hand = next;
        continue;
      }
      means.died();
      log.error({ worker: hand.pid, exitCode: event.code, signal: event.signal }, 'a worker died');
      const refilled = await refill(event.lived, pause);
      if (refilled === undefined) return;
      ({ hand, pause } = refilled);
    }
    await hand.gone;
  }

  return {
    kept: keep(),
    replace: () => new Promise((resolve) => asked.resolve(resolve)),
  };
}

const failureOf = async (hand: Hand): Promise<ToldFailure | undefined> => {
  try {
    await hand.listening;
    return undefined;
  } catch (error) {
    await hand.gone;
    return error as ToldFailure;
  }
};
