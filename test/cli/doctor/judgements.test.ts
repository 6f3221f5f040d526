/** The judgements of doctor that depend on figures alone: a full disk or a lost night cannot be made for a test. */
import { describe, expect, it } from '@jest/globals';
import { days, hours, minutes } from '../../../src/base/duration.ts';
import { judgeCertificate } from '../../../src/cli/doctor/certificate.ts';
import { judgeRoom } from '../../../src/cli/doctor/disk.ts';
import { judgeJobs } from '../../../src/cli/doctor/jobs.ts';
import { judgeWaiting } from '../../../src/cli/doctor/store.ts';
import type { JobRow } from '../../../src/jobs/list-jobs.ts';

const now = Date.UTC(2026, 3, 10);

describe('room on the disk', () => {
  it.each([
    ['a problem where a day may fill it', 100e6, 1e6, 'problem'],
    ['a warning below a gigabyte', 900e6, 1e6, 'warning'],
    ['a warning where no second copy of the store fits', 5e9, 3e9, 'warning'],
    ['in order where there is plenty', 50e9, 3e9, 'ok'],
  ])('is %s', (_, free, store, severity) => {
    expect(judgeRoom(free, store).severity).toBe(severity);
  });
});

describe('what waits beside the store', () => {
  it('is a warning when nobody merges it', () => {
    expect(judgeWaiting(4e6)).toEqual([]);
    expect(judgeWaiting(300e6)).toMatchObject([{ severity: 'warning', what: expect.stringContaining('300 MB') }]);
  });
});

describe('a certificate', () => {
  const term = (total: number, left: number) => ({ from: now + left - total, until: now + left });
  it.each([
    ['in order in the middle of its term', term(days(90), days(40)), undefined, 'ok'],
    ['in order while an automatic renewal is due, not late', term(days(90), days(25)), undefined, 'ok'],
    ['a warning when its renewal is late', term(days(90), days(10)), undefined, 'warning'],
    ['in order when its whole term is short', term(days(6), days(3)), undefined, 'ok'],
    ['a warning when a short one is late', term(days(6), days(1)), undefined, 'warning'],
    ['a problem when it has expired', term(days(90), -1), undefined, 'problem'],
    ['a problem when services would refuse it', term(days(90), days(60)), 'ERR_TLS_CERT_ALTNAME_INVALID', 'problem'],
  ])('is %s', (_, given, refusal, severity) => {
    expect(judgeCertificate('login.example.ac.jp', given, now, refusal).severity).toBe(severity);
  });
});

describe('the jobs', () => {
  const row = (name: string, more: Partial<JobRow> = {}): JobRow => ({
    name,
    schedule: { kind: 'every', pause: minutes(5) },
    lastStartedAt: now - minutes(4),
    lastFinishedAt: now - minutes(4),
    lastOutcome: 'done',
    failures: 0,
    ...more,
  });
  const stale = (age: number): Partial<JobRow> => ({ lastStartedAt: now - age, lastFinishedAt: now - age });

  it('are in order when each was done in its time', () => {
    const daily = row('daily', { schedule: { kind: 'daily', timeOfDay: 0 }, ...stale(hours(20)) });
    const held = row('held', { ...stale(hours(5)), holder: 'n', heldUntil: now + 1 });
    expect(judgeJobs([row('a'), daily, held], now)).toMatchObject([{ severity: 'ok' }]);
  });

  it('are told one by one when one is late', () => {
    expect(judgeJobs([row('a'), row('b', stale(hours(1)))], now)).toMatchObject([
      { severity: 'warning', what: expect.stringMatching(/^b was last done 2026-04-09T23/) },
    ]);
  });

  it('are told as one when none is done any more', () => {
    const lost = row('b', { ...stale(hours(2)), holder: 'n', heldUntil: now - hours(2) });
    expect(judgeJobs([row('a', stale(hours(2))), lost], now)).toMatchObject([
      { severity: 'warning', what: expect.stringContaining('none was done since'), todo: 'Start the server.' },
    ]);
  });

  it('are told when they fail again and again, with the error', () => {
    const failing = row('b', { failures: 4, lastOutcome: 'failed', lastError: 'store.unavailable' });
    expect(judgeJobs([row('a'), failing], now)).toMatchObject([
      { severity: 'warning', what: expect.stringMatching(/b failed 4 times in a row: store.unavailable/) },
    ]);
  });
});
