/** A stopwatch that stands still until it is told to move, and the waits that hang on it. */
import type { Timer } from '../../src/jobs/timer.ts';

interface Wait {
  readonly until: number;
  end(): void;
}

export class FakeTimer implements Timer {
  #elapsed = 0;
  readonly #waits = new Set<Wait>();

  elapsed(): number {
    return this.#elapsed;
  }

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wait = {
        until: this.#elapsed + milliseconds,
        end: () => {
          this.#waits.delete(wait);
          signal.removeEventListener('abort', wait.end);
          resolve();
        },
      };
      this.#waits.add(wait);
      signal.addEventListener('abort', wait.end);
    });
  }

  /** Milliseconds to the first end of a wait. */
  get next(): number {
    return Math.max(0, Math.min(...[...this.#waits].map(({ until }) => until)) - this.#elapsed);
  }

  advance(milliseconds: number): void {
    this.#elapsed += milliseconds;
    const due = [...this.#waits].filter(({ until }) => until <= this.#elapsed);
    for (const { end } of due.sort((a, b) => a.until - b.until)) end();
  }
}
