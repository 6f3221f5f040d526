/**
 * The first process: it starts the workers, keeps their places filled, has them replaced one by one, and ends when they have
 * ended. It serves nobody and opens no store, so that little can befall it; what befalls it, befalls all.
 */
import cluster from 'node:cluster';
import type { Log } from '../../base/log.ts';
import { systemTimer } from '../../jobs/timer.ts';
import type { Listening } from '../listening.ts';
import { FiguresDesk } from './figures-desk.ts';
import { type Hand, startHand } from './hand.ts';
import { keepPlace, type Place } from './place.ts';
import type { FromWorker } from './words.ts';

export interface CrewMeans {
  readonly size: number;
  readonly log: Log;
  /** Resolves when all are to end. */
  readonly ended: Promise<void>;
  /** Once, when all of them listen. */
  listens(listening: Listening): void;
  onReplaceAsked(act: () => void): void;
}

/** @throws ToldFailure when the first workers cannot start, or later when none is left and the next cannot. */
export async function runCrew({ size, log, ended, listens, onReplaceAsked }: CrewMeans): Promise<void> {
  // Workers take connections from the one queue of the kernel. Handed out in turn by this process (SCHED_RR), one that is on its
  // way to a worker that is killed would stay open, and its visitor wait for an answer that nobody owes (measured).
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const ending = new AbortController();
  const hands = new Set<Hand>();
  const desk = new FiguresDesk();
  const hire = (): Hand => {
    const hand = startHand((from, word) => answer(from, word, desk, log));
    hands.add(hand);
    hand.listening.then(
      () => {
        log.info({ worker: hand.pid }, 'a worker listens');
        desk.join(hand);
        // What it was told before may have come too early for it.
        if (ending.signal.aborted) hand.tell({ kind: 'leave', leaving: 'ended' });
      },
      () => undefined,
    );
    void hand.gone.then(() => {
      hands.delete(hand);
      desk.parted(hand);
    });
    return hand;
  };
  const end = (): void => {
    ending.abort();
    for (const hand of hands) hand.tell({ kind: 'leave', leaving: 'ended' });
  };
  const means = {
    log,
    ending: ending.signal,
    hire,
    isAnybodyLeft: () => hands.size > 0,
    died: () => desk.died(),
    wait: (milliseconds: number) => systemTimer.wait(milliseconds, ending.signal),
  };
  void ended.then(end);
  const places = Promise.withResolvers<readonly Place[]>();
  onReplaceAsked(inRounds(() => places.promise.then((all) => replaceAll(all, log))));
  try {
    const first = hire();
    const listening = await first.listening;
    const crew = [first, ...Array.from({ length: size - 1 }, hire)];
    await Promise.all(crew.map((hand) => hand.listening));
    listens(listening);
    const kept = crew.map((hand) => keepPlace(hand, means));
    places.resolve(kept);
    await Promise.all(kept.map((place) => place.kept));
  } catch (error) {
    const wasAsked = ending.signal.aborted;
    end();
    await Promise.all([...hands].map((hand) => hand.gone));
    if (!wasAsked) throw error;
  }
  log.info('ended');
}

function answer(from: Hand, word: FromWorker, desk: FiguresDesk, log: Log): void {
  if (word.kind === 'figures') desk.came(from, word.figures);
  if (word.kind !== 'others_wanted') return;
  const { question, own } = word;
  // Whoever is not answered tells of itself alone.
  desk.others(from, own).then(
    (others) => from.tell({ kind: 'others', question, others }),
    (error: unknown) => log.error({ err: error }, 'the figures of the workers could not be added up'),
  );
}

/** One by one, so that all the others serve meanwhile; not further when one cannot be replaced. */
async function replaceAll(places: readonly Place[], log: Log): Promise<void> {
  log.info('workers are replaced');
  for (const place of places) if (!(await place.replace())) return;
  log.info('workers were replaced');
}

/** Asked while it goes on, it is done once more afterwards: what was changed meanwhile was meant too. */
function inRounds(act: () => Promise<void>): () => void {
  let last = Promise.resolve();
  let isWaiting = false;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    last = last.then(() => {
      isWaiting = false;
      return act();
    });
  };
}
