/** The worker's end of the line to the first process: what it is told, what it tells, and that it obeys nobody else. */
import cluster from 'node:cluster';
import type { Leaving } from '../../app.ts';
import type { Figures } from '../../metrics/figures.ts';
import type { Others } from '../../metrics/open-metrics.ts';
import type { Failure } from '../failure.ts';
import type { Post } from '../serve-node.ts';
import type { FromWorker, ToWorker } from './words.ts';

/** Milliseconds; longer than the first process waits for the others. */
const patience = 2_000;

/**
 * Serves until the first process says that it is to leave. False when it could not start: what `failureOf` makes of the error
 * is told there, once for all workers.
 * @throws what befell it later.
 */
export async function work(
  serve: (post: Post) => Promise<void>,
  failureOf: (error: unknown) => Failure,
): Promise<boolean> {
  // A terminal and systemd send theirs to every process of the group; the first decides what becomes of it.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGUSR2'] as const) process.on(signal, () => undefined);
  let figures: (() => Promise<Figures>) | undefined;
  const tellFigures = async (): Promise<void> => {
    if (figures) tell({ kind: 'figures', figures: await figures() });
  };
  const { left, others } = openEar(tellFigures);
  try {
    await serve({
      left,
      isFirst: cluster.worker?.id === 1,
      crew: { others },
      listens(listening, ofNode) {
        figures = ofNode;
        tell({ kind: 'listens', listening });
      },
    });
    // What it counted last, before it is gone.
    await tellFigures();
    return true;
  } catch (error) {
    if (figures) throw error;
    tell({ kind: 'failed', failure: failureOf(error) });
    return false;
  } finally {
    cluster.worker?.disconnect();
  }
}

interface Ear {
  readonly left: Promise<Leaving>;
  others(own: Figures): Promise<Others>;
}

function openEar(tellFigures: () => Promise<void>): Ear {
  const left = Promise.withResolvers<Leaving>();
  const questions = new Map<number, (others: Others) => void>();
  let asked = 0;
  process.on('message', (word: ToWorker) => {
    if (word.kind === 'leave') left.resolve(word.leaving);
    // Whoever asks for figures and has no answer goes on with those of before: nothing that a server should fall over.
    if (word.kind === 'figures_wanted') tellFigures().catch(() => undefined);
    if (word.kind === 'others') questions.get(word.question)?.(word.others);
  });
  return {
    left: left.promise,
    async others(own) {
      asked += 1;
      const question = asked;
      const answer = new Promise<Others>((resolve) => {
        questions.set(question, resolve);
        setTimeout(resolve, patience, { figures: [], deaths: 0 }).unref();
      });
      tell({ kind: 'others_wanted', question, own });
      try {
        return await answer;
      } finally {
        questions.delete(question);
      }
    },
  };
}

/** A first process that is gone takes this one with it; nothing is left to be said about that. */
const tell = (word: FromWorker): void => void process.send?.(word, undefined, undefined, () => undefined);
