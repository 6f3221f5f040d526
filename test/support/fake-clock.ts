/** A clock that stands still until it is told to move. */
import type { Clock } from '../../src/base/clock.ts';

export class FakeClock implements Clock {
  #now = Date.UTC(2026, 3, 10, 8, 0);

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}
