/** `jobs list`: the regular work, how its last turn went and when the next is. */
import type { Command } from 'commander';
import type { Schedule } from '../core/leases/schedule.ts';
import { type JobRow, listJobs } from '../jobs/list-jobs.ts';
import { done } from './report.ts';
import { scheduleText } from './schedule-text.ts';
import { isoTime, type Reader, readerOf, shownTime } from './shown-time.ts';
import { tableOf } from './table.ts';
import { addVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list the regular work: its schedule, its last turn and its next',
  more: `A job with a pause shorter than a lease is held from turn to turn; what its last turn did then shows with the delay of a
renewal.`,
  json: `{ jobs: [{ name, schedule, lastStartedAt?, lastFinishedAt?, lastDoneAt?, lastOutcome?: "done" | "failed" | "stopped" | "abandoned",
lastError?, failures, nextAt? (not while it is held), holder?, heldUntil? }] }`,
};

export const addJobsList = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, (call) =>
    onGround(call, async (world, ground) => {
      const { jobsOf, paceOf } = await import('../node-jobs.ts');
      const listed = await listJobs(world, jobsOf(ground), paceOf(ground.config));
      const reader = readerOf(call.terminal.environment, ground.config);
      const now = world.clock.now();
      const rows = listed.map((job) => [
        job.name,
        scheduleText(job.schedule),
        lastTurn(job, reader),
        job.nextAt === undefined ? held(job, reader) : job.nextAt <= now ? 'due now' : shownTime(job.nextAt, reader),
      ]);
      return done([tableOf(['job', 'schedule', 'last turn', 'next turn'], rows)], { jobs: listed.map(jsonOf) });
    }),
  );

function lastTurn({ lastStartedAt, lastFinishedAt, lastOutcome, lastError, failures }: JobRow, reader: Reader): string {
  if (lastOutcome === undefined) return lastStartedAt === undefined ? 'never' : 'the first is under way';
  const at = lastFinishedAt ?? lastStartedAt;
  const said = [
    `${lastOutcome}${at === undefined ? '' : `, ${shownTime(at, reader)}`}`,
    ...(lastError === undefined ? [] : [lastError]),
    ...(failures > 1 ? [`${failures} in a row`] : []),
  ];
  return said.join('\n');
}

const held = ({ holder, heldUntil }: JobRow, reader: Reader): string =>
  `held by ${holder}${heldUntil === undefined ? '' : `,\nuntil ${shownTime(heldUntil, reader)} unless renewed`}`;

const instants = ['lastStartedAt', 'lastFinishedAt', 'lastDoneAt', 'nextAt', 'heldUntil'] as const;

function jsonOf(job: JobRow): Readonly<Record<string, unknown>> {
  const times = instants.flatMap((field) => {
    const at = job[field];
    return at === undefined ? [] : [[field, isoTime(at)] as const];
  });
  const schedule: Schedule = job.schedule;
  return { ...job, schedule: scheduleText(schedule), ...Object.fromEntries(times) };
}
