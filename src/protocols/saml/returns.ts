/**
 * How often a session has come back from the same service within a short while. A service that does not take our answer,
 * because its cookies are refused or it waits for a level that it was not told, asks again at once, and without a page the
 * browser would go round for good.
 */
import type { Instant } from '../../base/clock.ts';
import type { World } from '../../core/world.ts';
import { add, type Collection, type Write } from '../../store/port.ts';

interface ServiceReturns {
  /** `<session id>:<connection id>`. */
  readonly id: string;
  readonly count: number;
  readonly expiresAt: Instant;
}

export const serviceReturns: Collection<ServiceReturns> = {
  name: 'serviceReturns',
  indexes: [],
  expiresAt: 'expiresAt',
};

export interface ReturnRule {
  readonly most: number;
  /** Milliseconds, from the first of them. */
  readonly within: number;
}

export async function isLooping(
  { store }: Pick<World, 'store'>,
  { most }: ReturnRule,
  sessionId: string,
  connectionId: string,
): Promise<boolean> {
  const returns = await store.get(serviceReturns, `${sessionId}:${connectionId}`);
  return returns !== undefined && returns.count >= most;
}

/** Goes with the commit of the answer. */
export function countReturn({ clock }: World, { within }: ReturnRule, sessionId: string, connectionId: string): Write {
  const id = `${sessionId}:${connectionId}`;
  const first = { id, count: 1, expiresAt: clock.now() + within };
  return add(serviceReturns, id, { count: 1 }, first);
}
