/**
 * Requests that were answered with an assertion: each is, once (Profiles 4.1.4.1; Core 1.3.4 makes ids unique). Remembered for
 * as long as their time would let them pass again.
 */
import { clockDifference, type Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import { minutes } from '../../base/duration.ts';
import { isDomainError } from '../../base/errors.ts';
import type { World } from '../../core/world.ts';
import { type Collection, insert, type Write } from '../../store/port.ts';
import { SamlRefusal } from './refusal.ts';

interface AnsweredRequest {
  readonly id: string;
  readonly expiresAt: Instant;
}

export const answeredRequests: Collection<AnsweredRequest> = {
  name: 'answeredRequests',
  indexes: [],
  expiresAt: 'expiresAt',
};

/** Meets `store.duplicate` when it was answered before. `passesFor`: milliseconds for which it could still be acted upon again. */
export const answerWrite = ({ clock }: World, passesFor: number, connectionId: string, requestId: string): Write =>
  insert(answeredRequests, {
    id: digestOf(`${connectionId}:${requestId}`),
    expiresAt: clock.now() + passesFor + margin,
  });

/** Where nothing else is committed that it could go with. @throws SamlRefusal `replayed` */
export async function useUp(world: World, passesFor: number, connectionId: string, requestId: string): Promise<void> {
  try {
    await world.store.commit([answerWrite(world, passesFor, connectionId, requestId)]);
  } catch (error) {
    if (!isDomainError(error, 'store.duplicate')) throw error;
    throw new SamlRefusal('replayed', 'the request was acted upon before', { cause: error });
  }
}

/** Whether it was: for messages that end something, of which a second commit would find nothing left to object to. */
export const wasAnswered = async (
  { store }: Pick<World, 'store'>,
  connectionId: string,
  requestId: string,
): Promise<boolean> => (await store.get(answeredRequests, digestOf(`${connectionId}:${requestId}`))) !== undefined;

/** Between the look at the clock that lets a request pass and the commit that remembers it, by whichever node's clock. */
const margin = minutes(1) + clockDifference;
