/** Jobs that leave a trace, and what is to be seen of them. */
import { leases } from '../../src/core/leases/lease.ts';
import { parseSchedule, type Schedule } from '../../src/core/leases/schedule.ts';
import type { Job, Turn } from '../../src/jobs/job.ts';
import { insert } from '../../src/store/port.ts';
import { entries, type Node } from './nodes.ts';

function schedule(text: string): Schedule {
  const parsed = parseSchedule(text);
  if (!parsed) throw new TypeError(text);
  return parsed;
}

export const job = (text: string, run: (turn: Turn) => Promise<void>): Job => ({
  name: 'job',
  schedule: schedule(text),
  run,
});

/** Writes its node's name in every turn, at the end of `length` milliseconds of work. */
export const writing = (text: string, node: Node, length = 0): Job =>
  job(text, async ({ world, signal, now }) => {
    if (length > 0) await node.timer.wait(length, signal);
    await world.store.commit([insert(entries, { id: world.ids.id(), text: node.holder, at: now })]);
  });

export const leaseOf = ({ world }: Node) => world.store.get(leases, 'job');
export const messages = ({ lines }: Node) => lines.map(({ msg }) => msg);
