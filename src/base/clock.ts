/** The only reader of the wall clock. Every other module is handed a `Clock`, so that a test can live through a year. */

/** A point in time: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export interface Clock {
  now(): Instant;
}

/**
 * Milliseconds by which the clocks of two nodes may differ and nobody is to notice: what one wrote and another judges to the
 * minute is given as much (docs/decisions/0017).
 */
export const clockDifference = 60_000;

export const systemClock: Clock = { now: () => Date.now() };
