/**
 * A day or a moment as people type it: `2026-04-10`, `2026-04-10T17:00` by the university's clocks, or with an offset
 * (`2026-04-10T08:00Z`). Each stands for a stretch of time, so that the end of a range can mean all of a day.
 */
import { InvalidArgumentError } from 'commander';
import { endOfDay, instantOf, isCalendarDay, startOfDay } from '../base/calendar-day.ts';
import type { Instant } from '../base/clock.ts';
import { minutes } from '../base/duration.ts';

export interface Stretch {
  readonly from: Instant;
  /** Exclusive. */
  readonly below: Instant;
}

/** Options are read before the configuration, which says where the university's clocks stand. */
export type When = (timeZone: string) => Stretch;

const form = /^(\d{4}-\d{2}-\d{2})(?:T((?:[01]\d|2[0-3]):[0-5]\d)(:[0-5]\d(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** @throws InvalidArgumentError */
export function parseWhen(text: string): When {
  const [, day = '', time, seconds, offset] = form.exec(text.trim()) ?? [];
  if (!isCalendarDay(day)) throw refusal();
  if (time === undefined) return (timeZone) => ({ from: startOfDay(day, timeZone), below: endOfDay(day, timeZone) });
  const length = seconds === undefined ? minutes(1) : 1_000;
  const asUtc = Date.parse(`${day}T${time}${seconds ?? ''}${offset ?? 'Z'}`);
  if (Number.isNaN(asUtc)) throw refusal();
  return (timeZone) => {
    const from = offset === undefined ? instantOf(asUtc, timeZone) : asUtc;
    return { from, below: from + length };
  };
}

const refusal = () => new InvalidArgumentError('Expected a day or a time such as 2026-04-10 or 2026-04-10T17:00.');
