/** `jobs run`: one turn of a job now, whether due or not, under its lease like any other turn. */
import type { Command } from 'commander';
import { openLog } from '../base/log.ts';
import { leases } from '../core/leases/lease.ts';
import type { Job } from '../jobs/job.ts';
import type { RunOutcome } from '../jobs/run-job.ts';
import { done, type Report, refused } from './report.ts';
import { UsageError } from './usage-error.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'run <name>',
  summary: 'do a job now, whether it is due or not',
  more: `The names are those of \`jobs list\`. Where a node holds the job, this waits until it shows that it lives, or has been
silent for the length of a lease. What the job logs goes to standard error. SIGTERM and SIGINT let it end at its next step.
A dry run says whether somebody holds the job, and does not run it.`,
  json: '{ job, outcome: "done" | "failed" | "held" | "stopped" | "lost", error?, holder? }; in a dry run outcome "free" or "held"',
};

export const addJobsRun = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world, ground) => {
      const [{ jobsOf, paceOf }, { runJob }, { systemTimer }] = await Promise.all([
        import('../node-jobs.ts'),
        import('../jobs/run-job.ts'),
        import('../jobs/timer.ts'),
      ]);
      const { terminal } = call;
      const job = namedJob(jobsOf(ground), call.args[0] ?? '');
      if (call.isDryRun) {
        // A job may send mails and more: nothing short of not running it is harmless.
        const holder = (await world.store.get(leases, job.name))?.holder;
        if (holder === undefined) return done([`${job.name} would be done now.`], { job: job.name, outcome: 'free' });
        return done([`${job.name} is held by ${holder}.`], { job: job.name, outcome: 'held', holder });
      }
      const log = openLog(ground.config.log.level, { write: (line: string) => terminal.err(line) });
      const halted = new AbortController();
      void terminal.untilStopped().then(() => halted.abort());
      const place = { world, log, timer: systemTimer, pace: paceOf(ground.config), holder: world.ids.id() };
      return reportOf(job.name, await runJob(place, job, halted.signal));
    }),
  );

function namedJob(jobs: readonly Job[], name: string): Job {
  const job = jobs.find((candidate) => candidate.name === name);
  if (job) return job;
  throw new UsageError(`There is no job ${name}. The jobs: ${jobs.map((one) => one.name).join(', ')}.`);
}

function reportOf(job: string, { kind, ...rest }: RunOutcome): Report {
  const json = { job, outcome: kind, ...rest };
  switch (kind) {
    case 'done':
      return done([`${job}: done.`], json);
    case 'failed':
      return refused([`${job}: failed: ${'error' in rest ? rest.error : ''}`], json);
    case 'held':
      return refused([`${job}: not done here; ${'holder' in rest ? rest.holder : 'another node'} is doing it.`], json);
    case 'stopped':
      return refused([`${job}: stopped before its end; its next turn goes on.`], json);
    case 'lost':
      return refused([`${job}: its lease was lost on the way; another node goes on.`], json);
  }
}
