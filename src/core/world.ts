/** What the functions of core act in. Time and chance are handed in, so that a test can live through an academic year. */
import type { Clock } from '../base/clock.ts';
import type { Ids } from '../base/ids.ts';
import type { Store } from '../store/port.ts';

export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
}
