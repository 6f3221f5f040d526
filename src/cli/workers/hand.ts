/** One worker as the first process has it: started, listened to, told to leave, gone. */
import cluster from 'node:cluster';
import { ToldFailure } from '../failure.ts';
import type { Listening } from '../listening.ts';
import { refused } from '../report.ts';
import type { FromWorker, ToWorker } from './words.ts';

export interface Hand {
  /** Undefined when the system gave it no process. */
  readonly pid: number | undefined;
  /** Rejects with ToldFailure. */
  readonly listening: Promise<Listening>;
  readonly gone: Promise<Parting>;
  tell(word: ToWorker): void;
}

export interface Parting {
  readonly code: number | null;
  readonly signal: string | null;
  /** Milliseconds. */
  readonly lived: number;
}

/** `hear` is told what concerns others. */
export function startHand(hear: (from: Hand, word: FromWorker) => void): Hand {
  const startedAt = performance.now();
  const worker = cluster.fork();
  const listens = Promise.withResolvers<Listening>();
  // Who waits for it is told; a worker that dies later was waited for already.
  listens.promise.catch(() => undefined);
  const gone = new Promise<Parting>((resolve) => {
    const end = (code: number | null, signal: string | null): void => {
      listens.reject(lostAtStart(code, signal));
      resolve({ code, signal, lived: performance.now() - startedAt });
    };
    worker.once('exit', end);
    // No process came of it (too many, no memory), and no exit will. Other failures of the channel show by themselves.
    worker.on('error', () => worker.process.pid === undefined && end(null, null));
  });
  const hand: Hand = {
    pid: worker.process.pid,
    listening: listens.promise,
    gone,
    // What a dying one does not hear it needs no more.
    tell: (word) => void worker.send(word, () => undefined),
  };
  worker.on('message', (word: FromWorker) => {
    if (word.kind === 'listens') listens.resolve(word.listening);
    else if (word.kind === 'failed') listens.reject(new ToldFailure(word.failure));
    else hear(hand, word);
  });
  return hand;
}

/** It was gone before it could say anything. */
function lostAtStart(code: number | null, signal: string | null): ToldFailure {
  const how = signal ?? (code === null ? 'no process' : `exit code ${code}`);
  const message = `A worker ended before it listened (${how}).`;
  return new ToldFailure({ exitCode: 1, report: refused([message], { error: { code: 'internal', message } }) });
}
