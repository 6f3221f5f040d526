/** What delivering needs: of the installation, and of the turn in which it is done. */
import type { Log } from '../../base/log.ts';
import type { MasterKey } from '../keys/master-key.ts';
import type { World } from '../world.ts';
import type { Senders } from './sender.ts';

export interface DeliveryMeans {
  readonly masterKey: MasterKey;
  /** A kind without a sender is tried like one whose way is closed: it waits, and is seen to. */
  readonly senders: Senders;
  /** Milliseconds after which what could not be sent is dead. */
  readonly giveUpAfter: number;
}

export interface DeliveryTurn {
  readonly world: World;
  /** Aborted when this node must stop. */
  readonly signal: AbortSignal;
  readonly log: Log;
}
