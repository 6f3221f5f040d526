/** What all jobs of one node share. */
import type { Log } from '../base/log.ts';
import type { Pace } from '../core/leases/due.ts';
import type { World } from '../core/world.ts';
import type { Timer } from './timer.ts';

export interface Workplace {
  readonly world: World;
  readonly log: Log;
  readonly timer: Timer;
  /** The configuration's section `jobs` is one. */
  readonly pace: Pace;
  /** Names this run of this process: a restarted one is another holder, since it does not know what it was doing. */
  readonly holder: string;
}
