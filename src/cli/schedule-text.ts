/** A schedule as the configuration writes it: the way back from core/leases/schedule.ts. */
import { days, hours, minutes } from '../base/duration.ts';
import type { Schedule } from '../core/leases/schedule.ts';

export function scheduleText(schedule: Schedule): string {
  if (schedule.kind === 'daily')
    return `daily ${twoDigits(schedule.timeOfDay / hours(1))}:${twoDigits((schedule.timeOfDay % hours(1)) / minutes(1))}`;
  const { pause } = schedule;
  const [length, unit] = units.find(([size]) => pause % size === 0) ?? [1_000, 's'];
  return `every ${pause / length}${unit}`;
}

const units: readonly (readonly [number, string])[] = [
  [days(1), 'd'],
  [hours(1), 'h'],
  [minutes(1), 'm'],
];

const twoDigits = (count: number): string => String(Math.floor(count)).padStart(2, '0');
