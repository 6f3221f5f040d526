/**
 * How soon a guesser who goes through dictionaries (common passwords, English and Japanese words and names) arrives at
 * a password. The dictionaries take 80 MiB, so they are not kept: they lie on a thread of their own, which is there while
 * passwords are being set and ends when none has been for a while. A long password keeps no login waiting there either.
 */
import { Worker } from 'node:worker_threads';

interface Waiting {
  resolve(guesses: number): void;
  reject(error: unknown): void;
}

interface Reader {
  /** Answers come in the order of the questions. */
  readonly waiting: Waiting[];
  ask(password: string): void;
}

/** Milliseconds. Reading the dictionaries takes most of a second, and on some days a thousand people set a password. */
const idleFor = 30_000;

let reader: Reader | undefined;

/** The number of guesses as a power of ten. */
export const guessedWithin = (password: string): Promise<number> =>
  new Promise((resolve, reject) => {
    reader ??= openReader(() => {
      reader = undefined;
    });
    reader.waiting.push({ resolve, reject });
    reader.ask(password);
  });

/** `onEnd` is called when it takes no more questions; the next one opens another. */
function openReader(onEnd: () => void): Reader {
  const worker = new Worker(new URL('dictionary-thread.ts', import.meta.url));
  const waiting: Waiting[] = [];
  const idle = setTimeout(() => {
    if (waiting.length > 0) return;
    onEnd();
    void worker.terminate();
  }, idleFor).unref();
  worker.on('message', (guesses: number) => {
    waiting.shift()?.resolve(guesses);
    if (waiting.length > 0) return;
    // A command that has its answer may end.
    worker.unref();
    idle.refresh();
  });
  worker.on('error', (error) => {
    clearTimeout(idle);
    onEnd();
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  return {
    waiting,
    ask(password) {
      worker.ref();
      worker.postMessage(password);
    },
  };
}
