import { describe, expect, it } from '@jest/globals';
import { lookAgain, nextAt, type Pace, type Sight, waitFor } from '../../../src/core/leases/due.ts';
import type { Lease } from '../../../src/core/leases/lease.ts';
import type { Schedule } from '../../../src/core/leases/schedule.ts';
import type { Stored } from '../../../src/store/port.ts';

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
const pace: Pace = {
  lease: 30 * second,
  retry: { firstDelay: 10 * second, longestDelay: 15 * minute },
  timeZone: 'Asia/Tokyo',
};
const hourly: Schedule = { kind: 'every', pause: hour };
const nightly: Schedule = { kind: 'daily', timeOfDay: 3 * hour };
/** Nine in the morning. */
const now = Date.parse('2026-04-10T09:00:00+09:00');
const thisNight = now - 6 * hour;

const done = (wishes: Partial<Stored<Lease>> = {}): Stored<Lease> => ({
  id: 'job',
  token: 2,
  version: 5,
  tries: 0,
  lastOutcome: 'done',
  lastFinishedAt: now - 20 * minute,
  servedDueAt: thisNight,
  ...wishes,
});

const seenFirst = (lease?: Stored<Lease>): Sight => lookAgain(undefined, lease, { elapsed: 1_000, now });
const seenChanging = (lease: Stored<Lease>): Sight =>
  lookAgain(seenFirst({ ...lease, version: lease.version - 1 }), lease, { elapsed: 1_000, now });

const later = (milliseconds: number, clockJump = 0) => ({
  elapsed: 1_000 + milliseconds,
  now: now + milliseconds + clockJump,
});

interface Row {
  readonly expectation: string;
  readonly schedule: Schedule;
  readonly sight: Sight;
  readonly at?: ReturnType<typeof later>;
  readonly wait: number;
}

const rows: readonly Row[] = [
  { expectation: 'begins at once what never ran', schedule: hourly, sight: seenFirst(), wait: 0 },
  {
    expectation: 'begins at once what never ran, at whatever time of day',
    schedule: nightly,
    sight: seenFirst(),
    wait: 0,
  },
  {
    expectation: 'waits for the rest of a pause that began before this process',
    schedule: hourly,
    sight: seenFirst(done()),
    wait: 40 * minute,
  },
  {
    expectation: 'begins at once after a downtime longer than the pause',
    schedule: hourly,
    sight: seenFirst(done({ lastFinishedAt: now - 3 * day })),
    wait: 0,
  },
  {
    expectation: 'waits no longer than the pause though the record is of the future',
    schedule: hourly,
    sight: seenFirst(done({ lastFinishedAt: now + 3 * day })),
    wait: hour,
  },
  {
    expectation: 'counts a pause that it saw begin by the stopwatch, whatever another node’s clock wrote',
    schedule: hourly,
    sight: seenChanging(done({ lastFinishedAt: now - minute })),
    wait: hour,
  },
  {
    expectation: 'is not moved by its own clock either',
    schedule: hourly,
    sight: seenChanging(done()),
    at: later(10 * minute, day),
    wait: 50 * minute,
  },
  {
    expectation: 'waits for the next night when this one is served',
    schedule: nightly,
    sight: seenFirst(done()),
    wait: 18 * hour,
  },
  {
    expectation: 'begins at once when a night was missed',
    schedule: nightly,
    sight: seenFirst(done({ servedDueAt: thisNight - day })),
    wait: 0,
  },
  {
    expectation: 'rests in a night already served when the clock is put back',
    schedule: nightly,
    sight: seenFirst(done()),
    at: later(minute, -7 * hour),
    wait: hour - minute,
  },
  {
    expectation: 'forgets a night that lies in a far future',
    schedule: nightly,
    sight: seenFirst(done({ servedDueAt: thisNight + 400 * day })),
    wait: 0,
  },
  {
    expectation: 'goes on at once with what was stopped',
    schedule: hourly,
    sight: seenChanging(done({ lastOutcome: 'stopped' })),
    wait: 0,
  },
  {
    expectation: 'tries again after the first delay',
    schedule: nightly,
    sight: seenChanging(done({ lastOutcome: 'failed', tries: 1 })),
    wait: 10 * second,
  },
  {
    expectation: 'waits longer with each failure',
    schedule: nightly,
    sight: seenChanging(done({ lastOutcome: 'failed', tries: 4 })),
    wait: 80 * second,
  },
  {
    expectation: 'waits no longer than the longest delay',
    schedule: nightly,
    sight: seenChanging(done({ lastOutcome: 'failed', tries: 2_000 })),
    wait: 15 * minute,
  },
  {
    expectation: 'retries no sooner than the schedule asks',
    schedule: hourly,
    sight: seenChanging(done({ lastOutcome: 'failed', tries: 1 })),
    wait: hour,
  },
  {
    expectation: 'watches a held lease for its whole length, however long it has run out by the clock',
    schedule: hourly,
    sight: seenFirst(done({ holder: 'b', expiresAt: now - day, tries: 1 })),
    wait: 30 * second,
  },
  {
    expectation: 'takes a held lease after watching it unchanged',
    schedule: hourly,
    sight: seenFirst(done({ holder: 'b', expiresAt: now + day, tries: 1 })),
    at: later(30 * second),
    wait: 0,
  },
  {
    expectation: 'watches longer over a job that has brought nodes down',
    schedule: hourly,
    sight: seenFirst(done({ holder: 'b', tries: 5 })),
    wait: 160 * second,
  },
];

describe('waitFor', () => {
  it.each(rows)('$expectation', ({ schedule, sight, at = later(0), wait }) => {
    expect(waitFor(schedule, pace, sight, at)).toBe(wait);
  });
});

describe('nextAt', () => {
  it('says when the next turn is to be expected, and nothing while one is held', () => {
    expect(nextAt(hourly, pace, undefined, now)).toBe(now);
    expect(nextAt(hourly, pace, done(), now)).toBe(now + 40 * minute);
    expect(nextAt(nightly, pace, done(), now)).toBe(now + 18 * hour);
    expect(nextAt(nightly, pace, done({ lastOutcome: 'failed', tries: 1, lastFinishedAt: now }), now)).toBe(
      now + 10 * second,
    );
    expect(nextAt(nightly, pace, done({ holder: 'b' }), now)).toBeUndefined();
  });
});

describe('lookAgain', () => {
  it('keeps the first moment of a state, and begins anew with each change', () => {
    const first = seenFirst(done());
    expect(lookAgain(first, done(), later(second))).toBe(first);
    expect(lookAgain(first, done({ version: 6 }), later(second))).toMatchObject({ since: 2_000, isFresh: true });
    expect(lookAgain(seenFirst(), undefined, later(second))).toMatchObject({ since: 1_000, isFresh: false });
    expect(lookAgain(seenFirst(), done(), later(second))).toMatchObject({ since: 2_000, isFresh: true });
  });
});
