/** Shows how things stand in the store. What cannot be read is left out, so that no old figure passes for a new one. */
import { Gauge, type Registry } from 'prom-client';
import type { Standing } from './standing.ts';

/** To be called with what was read, or with undefined when the store did not answer. */
export function standingMeter(registry: Registry): (standing: Standing | undefined) => void {
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Gauge<Label>({ name, help, labelNames, registers: [registry] });
  const up = gauge('sekisho_store_up', '1 when the store answered within the time, else 0');
  const overdue = gauge(
    'sekisho_outbox_overdue_seconds',
    'Since when the oldest notice that nobody took up is due, by kind',
    'kind',
  );
  const oldest = gauge('sekisho_outbox_oldest_seconds', 'Age of the oldest notice that is still owed');
  const owed = gauge('sekisho_outbox_notices', 'Notices that are not settled, by state', 'state');
  const unsealed = gauge('sekisho_audit_unsealed_seconds', 'Age of the oldest audit event that is not sealed');
  const checkpoint = gauge('sekisho_audit_checkpoint_timestamp_seconds', 'When the audit chain was last signed');
  const done = gauge('sekisho_job_last_success_timestamp_seconds', 'When a job last did its work', 'job');
  const failures = gauge('sekisho_job_failures', 'Turns in a row in which a job did not succeed', 'job');

  return (standing) => {
    for (const meter of [overdue, oldest, owed, unsealed, checkpoint, done, failures]) meter.reset();
    up.set(standing ? 1 : 0);
    if (!standing) {
      // Without labels a reset leaves 0, which would say that all is well.
      for (const meter of [oldest, unsealed, checkpoint]) meter.remove();
      return;
    }
    for (const { kind, age } of standing.overdue) overdue.set({ kind }, age / 1000);
    oldest.set(standing.oldestOwed / 1000);
    for (const { state, count } of standing.owed) owed.set({ state }, count);
    unsealed.set(standing.unsealed / 1000);
    if (standing.checkpointAt === undefined) checkpoint.remove();
    else checkpoint.set(standing.checkpointAt / 1000);
    for (const { name, lastDoneAt, failures: count } of standing.jobs) {
      if (lastDoneAt !== undefined) done.set({ job: name }, lastDoneAt / 1000);
      failures.set({ job: name }, count);
    }
  };
}
