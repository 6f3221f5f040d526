/** `jobs list`: the regular work, how its last turn went and when the next is. */
import type { Command } from 'commander';
import type { Locale } from '../base/locale.ts';
import type { Schedule } from '../core/leases/schedule.ts';
import { type JobRow, listJobs } from '../jobs/list-jobs.ts';
import { localeOf } from './locale.ts';
import { done } from './report.ts';
import { scheduleText } from './schedule-text.ts';
import { isoTime, shownTime } from './shown-time.ts';
import { tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list the regular work: its schedule, its last turn and its next',
  more: `A job with a pause shorter than a lease is held from turn to turn; what its last turn did then shows with the delay of a
renewal.`,
  json: `{ jobs: [{ name, schedule, lastStartedAt?, lastFinishedAt?, lastOutcome?: "done" | "failed" | "stopped" | "abandoned",
lastError?, failures, nextAt? (not while it is held), holder?, heldUntil? }] }`,
};

export const addJobsList = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (world, ground) => {
      const { jobsOf } = await import('../node-jobs.ts');
      const listed = await listJobs(world, jobsOf(ground), ground.config.jobs);
      const locale = localeOf(call.terminal.environment);
      const now = world.clock.now();
      const rows = listed.map((job) => [
        job.name,
        scheduleText(job.schedule),
        lastTurn(job, locale),
        job.nextAt === undefined ? held(job, locale) : job.nextAt <= now ? 'due now' : shownTime(job.nextAt, locale),
      ]);
      return done([tableOf(['job', 'schedule', 'last turn', 'next turn'], rows)], { jobs: listed.map(jsonOf) });
    }),
  );

function lastTurn({ lastStartedAt, lastFinishedAt, lastOutcome, lastError, failures }: JobRow, locale: Locale): string {
  if (lastOutcome === undefined) return lastStartedAt === undefined ? 'never' : 'the first is under way';
  const at = lastFinishedAt ?? lastStartedAt;
  const said = [
    `${lastOutcome}${at === undefined ? '' : `, ${shownTime(at, locale)}`}`,
    ...(lastError === undefined ? [] : [lastError]),
    ...(failures > 1 ? [`${failures} in a row`] : []),
  ];
  return said.join('\n');
}

const held = ({ holder, heldUntil }: JobRow, locale: Locale): string =>
  `held by ${holder}${heldUntil === undefined ? '' : `,\nuntil ${shownTime(heldUntil, locale)} unless renewed`}`;

const instants = ['lastStartedAt', 'lastFinishedAt', 'nextAt', 'heldUntil'] as const;

function jsonOf(job: JobRow): Readonly<Record<string, unknown>> {
  const times = instants.flatMap((field) => {
    const at = job[field];
    return at === undefined ? [] : [[field, isoTime(at)] as const];
  });
  const schedule: Schedule = job.schedule;
  return { ...job, schedule: scheduleText(schedule), ...Object.fromEntries(times) };
}
