/** The client as the tests open it: loopback stands for the public network, and limits are small. */
import { loopbackNetworks } from '../../src/outgoing/address-judge.ts';
import { type OpenedOutgoing, type OutgoingOptions, openOutgoing } from '../../src/outgoing/open-outgoing.ts';

export const ample = { connectTime: 20_000, totalTime: 20_000, headerBytes: 4_096, bodyBytes: 10_000 };
/** Enough for a local answer on a busy machine; only for answers that never come. */
export const brief = { ...ample, totalTime: 300 };

export const openLocal = (options: Partial<OutgoingOptions> = {}): OpenedOutgoing =>
  openOutgoing({ allow: loopbackNetworks, limits: ample, ...options });
