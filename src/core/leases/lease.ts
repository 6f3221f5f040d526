/**
 * The lease of a job: which node may do it now, and how its last turn went. Beside it lies the fence, which every commit
 * of a turn touches. Both move together, whenever the lease changes hands or is handed back.
 */
import type { Instant } from '../../base/clock.ts';
import { add, type Collection, insert, remove, type Write } from '../../store/port.ts';

/** `abandoned`: its node was lost in the middle. `stopped`: the node was asked to end, and the job has more to do. */
export type TurnOutcome = 'done' | 'failed' | 'stopped' | 'abandoned';

/** How the turns of a job went. */
export interface Progress {
  readonly lastStartedAt?: Instant;
  readonly lastFinishedAt?: Instant;
  readonly lastOutcome?: TurnOutcome;
  /** When a turn last ended in `done`. */
  readonly lastDoneAt?: Instant;
  /** An error code, or the name and the beginning of the message of an unexpected error. */
  readonly lastError?: string;
  /** Turns begun since one was done; retries wait longer with each. */
  readonly tries: number;
  /** For a job at a time of day: the latest such time that was served. */
  readonly servedDueAt?: Instant;
}

export interface Lease extends Progress {
  /** The name of the job. */
  readonly id: string;
  /** The fencing token: grows whenever the lease is taken or handed back, never shrinks. */
  readonly token: number;
  /** Absent while nobody has it. */
  readonly holder?: string;
  /** For people: when it ends unless renewed, by the holder's clock. Decides nothing, hence not the collection's expiry. */
  readonly expiresAt?: Instant;
}

export const leases: Collection<Lease> = { name: 'leases', indexes: [] };

/** There is exactly one for a job, under an id that holds the token. */
export interface LeaseFence {
  readonly id: string;
  readonly job: string;
  /** Commits that passed. */
  readonly passed: number;
}

export const leaseFences: Collection<LeaseFence> = {
  name: 'leaseFences',
  indexes: [{ name: 'byJob', fields: ['job'], unique: true }],
};

/** What a node has in hand after taking a lease. */
export interface Hold {
  readonly job: string;
  readonly holder: string;
  readonly token: number;
}

const fenceOf = (job: string, token: number): LeaseFence => ({ id: `${job}/${token}`, job, passed: 0 });

/**
 * Makes the commit it is part of fail with `store.duplicate` once the lease has moved: the fence of this token is gone
 * then, so `add` would insert it, and the job's new fence already has its place in the unique index. Unlike a `replace` it
 * expects no version, so that commits of one turn may be under way at once.
 */
export function fenceWrite({ job, token }: Hold): Write {
  const fence = fenceOf(job, token);
  return add(leaseFences, fence.id, { passed: 1 }, { ...fence, passed: 1 });
}

/** Shuts the fence of `from` and opens that of `to`. */
export const moveFence = (job: string, from: number | undefined, to: number): readonly Write[] => [
  ...(from === undefined ? [] : [remove(leaseFences, fenceOf(job, from).id)]),
  insert(leaseFences, fenceOf(job, to)),
];
