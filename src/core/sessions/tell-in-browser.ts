/** What the browser tells a service, and what comes back, as it is written into the round. */
import { digestOf } from '../../base/digest.ts';
import { auditWrite } from '../audit/event.ts';
import { openUnderId, sealUnderId } from '../keys/seal-under-id.ts';
import type { World } from '../world.ts';
import { changeRound, type LogoutRound, type RoundRequest, withTelling } from './logout-round.ts';

export interface SentRequest {
  /** Of the round. */
  readonly handle: string;
  readonly connectionId: string;
  readonly isFramed: boolean;
  /** Absent where the protocol knows no answer. 128 random bits or more. */
  readonly requestId?: string;
}

/** Before the browser is sent: an answer may come at once. */
export async function noteSent(
  world: World,
  { handle, connectionId, isFramed, requestId }: SentRequest,
): Promise<void> {
  const sentAt = world.clock.now();
  const request: RoundRequest | undefined =
    requestId === undefined
      ? undefined
      : { digest: digestOf(requestId), connectionId, sealedHandle: sealUnderId(requestId, handle), isFramed };
  await changeRound(world, digestOf(handle), (round) => {
    // What a service has confirmed stays so, whatever it is sent again.
    const isDone = round.parts.some((one) => one.connectionId === connectionId && one.inBrowser?.state === 'done');
    const requests = request ? [...round.requests, request] : round.requests;
    const noted = { ...round, requests, requestDigests: requests.map(({ digest }) => digest) };
    return isDone ? noted : withTelling(noted, connectionId, { state: 'sent', sentAt });
  });
}

/** `waiting`: the page will tell it again. `failed`: there is no way to it any more. */
export const noteState = (
  world: World,
  { id }: LogoutRound,
  connectionId: string,
  state: 'waiting' | 'failed',
): Promise<void> => changeRound(world, id, (round) => withTelling(round, connectionId, { state }));

/** What the service itself has said. One that said yes is not heard again: it had nobody to log out any more. */
export async function noteAnswer(
  world: World,
  { id, accountId }: LogoutRound,
  { connectionId }: RoundRequest,
  isDone: boolean,
): Promise<void> {
  const facts = { type: 'logout.answered' as const, accountId, connectionId, isDone };
  const event = auditWrite(world, { kind: 'system' }, facts);
  await changeRound(
    world,
    id,
    (round) => {
      const part = round.parts.find((one) => one.connectionId === connectionId);
      if (part?.inBrowser?.state === 'done') return round;
      return withTelling(round, connectionId, { state: isDone ? 'done' : 'failed' });
    },
    [event],
  );
}

/** The handle of the round, for whoever has the id of the request. */
export const handleIn = ({ sealedHandle }: RoundRequest, requestId: string): string =>
  openUnderId(requestId, sealedHandle);
