/** Whether the regular work is done: each job in its time, and with success. */
import type { Instant } from '../../base/clock.ts';
import { days, hours, minutes } from '../../base/duration.ts';
import { openGround } from '../../ground.ts';
import { type JobRow, listJobs } from '../../jobs/list-jobs.ts';
import { jobsOf, paceOf } from '../../node-jobs.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, note, orOk, warning } from './finding.ts';
import type { Patient } from './patient.ts';

/** Beyond its own pause. */
const grace = minutes(15);
const manyFailures = 3;

export async function checkJobs({ config, edges }: Patient): Promise<readonly Finding[]> {
  const ground = await openGround(config, edges);
  try {
    const rows = await listJobs(ground.world, jobsOf(ground), paceOf(config));
    return judgeJobs(rows, ground.world.clock.now());
  } finally {
    await ground.close();
  }
}

export function judgeJobs(rows: readonly JobRow[], now: Instant): readonly Finding[] {
  if (rows.every(({ lastStartedAt }) => lastStartedAt === undefined)) {
    return [note('jobs', 'none was ever done: no server has run yet')];
  }
  const late = rows.filter((row) => isLate(row, now));
  if (late.length > 1 && late.length === rows.length) {
    const last = Math.max(...late.map(({ lastFinishedAt }) => lastFinishedAt ?? 0));
    return [warning('jobs', `none was done since ${isoTime(last)}`, 'Start the server.')];
  }
  const found = late.map(({ name, lastFinishedAt }) =>
    warning(
      'jobs',
      `${name} was last done ${lastFinishedAt === undefined ? 'never' : isoTime(lastFinishedAt)}`,
      '`sekisho jobs list` shows who holds it; restart the server if nobody does.',
    ),
  );
  const failing = rows
    .filter(({ failures }) => failures >= manyFailures)
    .map(({ name, failures, lastError }) =>
      warning(
        'jobs',
        `${name} failed ${failures} times in a row: ${lastError ?? 'why is not known'}`,
        `The log says more; \`sekisho jobs run ${name}\` tries it now.`,
      ),
    );
  return orOk([...found, ...failing], 'jobs', 'all are done in their time');
}

function isLate({ schedule, lastFinishedAt, heldUntil }: JobRow, now: Instant): boolean {
  // Whoever holds it is at work, or between two turns of a short pause.
  if (heldUntil !== undefined && now <= heldUntil + grace) return false;
  const pause = schedule.kind === 'every' ? schedule.pause : days(1) + hours(1);
  return now - (lastFinishedAt ?? 0) > pause + grace;
}
