/** Ends a session before the eyes of the person: the same one act, and in the same commit the round that tells the services. */
import { digestOf } from '../../base/digest.ts';
import type { Write } from '../../store/port.ts';
import type { Actor } from '../audit/event.ts';
import type { World } from '../world.ts';
import { commitEnding, planEnd } from './end.ts';
import { logoutRounds } from './logout-round.ts';
import { type DerivedSessions, type RoundBack, type Session, sessions, type Telling } from './session.ts';

export interface RoundWish {
  readonly actor: Actor;
  /** Of the cookie that the browser has when it comes to the page. */
  readonly browserToken: string;
  readonly askedBy?: Telling['askedBy'];
  /** Where the browser goes on; absent: nowhere. */
  readonly back?: RoundBack;
  /** Committed with the end. */
  readonly writes?: readonly Write[];
}

/** The handle of the round, or undefined where there is nothing to tell: then whoever asked can be answered at once. */
export async function endInRound(
  world: World,
  derived: readonly DerivedSessions[],
  { id }: Session,
  wish: RoundWish,
): Promise<string | undefined> {
  const { actor, browserToken, askedBy, back, writes = [] } = wish;
  const handle = world.ids.token();
  const round = { id: digestOf(handle), browserDigest: digestOf(browserToken), ...(back ? { back } : {}) };
  const telling = { round, ...(askedBy ? { askedBy } : {}) };
  await commitEnding(world, async () => {
    const session = await world.store.get(sessions, id);
    return session ? [...(await planEnd(world, derived, actor, session, { cause: 'logout', telling })), ...writes] : [];
  });
  return (await world.store.get(logoutRounds, round.id)) ? handle : undefined;
}
