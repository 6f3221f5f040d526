/** A piece of regular work, and what it is given for one turn. */
import type { Instant } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Schedule } from '../core/leases/schedule.ts';
import type { World } from '../core/world.ts';
import type { Write } from '../store/port.ts';

export interface Turn {
  /** Core as always, but its store refuses commits (`store.conflict`) once the lease has moved. */
  readonly world: World;
  /** Aborted when the lease is lost or the node ends: stop at the next step. */
  readonly signal: AbortSignal;
  /** When the turn began. */
  readonly now: Instant;
  /** Grows with every taking of the lease: for a counterpart outside the store that can compare. */
  readonly token: number;
  readonly log: Log;
  /** For a commit that does not go through `world`: `store.duplicate` once the lease has moved. */
  fence(): Write;
}

export interface Job {
  /** Never renamed: the lease is found under it. */
  readonly name: string;
  readonly schedule: Schedule;
  run(turn: Turn): Promise<void>;
}
