/** Chains the audit events that came in since the last turn, and now and then signs where the chain stands. */
import type { AuditCheckpoint } from '../core/audit/checkpoint.ts';
import { keepSealed, type SealPolicy } from '../core/audit/keep-sealed.ts';
import type { LiveRing } from '../core/keys/live-ring.ts';
import type { Schedule } from '../core/leases/schedule.ts';
import type { Job } from './job.ts';

/** Small batches: the embedded engine writes one as a whole, and logins wait for it. */
const batchSize = 100;
const batchesATurn = 20;

export type CheckpointRule = Pick<SealPolicy, 'interval' | 'batches'>;

export const auditSeal = (schedule: Schedule, ring: LiveRing, rule: CheckpointRule): Job => ({
  name: 'audit-seal',
  schedule,
  async run({ world, log }) {
    const policy = { ...rule, limit: batchSize, rounds: batchesATurn };
    const { checkpoint } = await keepSealed(world, ring.current().keys, policy);
    if (checkpoint) log.info(anchorOf(checkpoint), 'audit checkpoint');
  },
});

/** What the log keeps of it: whoever cuts the chain's end off cannot also change a log that lies elsewhere. */
export const anchorOf = ({ batch, hash, keyId, signature }: AuditCheckpoint) => ({ batch, hash, keyId, signature });
