/** The ends of a notice, and the way back from an attempt. Plans: what the record becomes, with the event that tells of it. */
import type { Instant } from '../../base/clock.ts';
import { days } from '../../base/duration.ts';
import { replace, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { World } from '../world.ts';
import { type Notice, notices } from './notice.ts';

/** How long the record of it is kept, and its dedupe key with it. */
const keptFor = { sent: days(30), dead: days(90), dropped: days(30) } as const;

export const system: Actor = { kind: 'system' };

export const planSent = (world: World, notice: Stored<Notice>): readonly Write[] => [
  replace(notices, withoutContent(settled(notice, 'sent', world.clock.now()))),
  auditWrite(world, system, { type: 'notice.sent', ...namesOf(notice) }),
];

/** Its content is kept for a retry; that of a secret is not, since the secret was asked for then and not later. */
export function planDead(world: World, notice: Stored<Notice>, reason: string): readonly Write[] {
  const dead = { ...settled(notice, 'dead', world.clock.now()), lastError: reason };
  return [
    replace(notices, notice.lapsesAt === undefined ? dead : withoutContent(dead)),
    auditWrite(world, system, { type: 'notice.dead', ...namesOf(notice) }),
  ];
}

/** `lapsed`: the secret that it carried is good no more. */
export type Dropping = { readonly cause: 'lapsed' } | { readonly cause: 'operator'; readonly reason: string };

export const planDropped = (world: World, actor: Actor, notice: Stored<Notice>, why: Dropping): readonly Write[] => [
  replace(notices, {
    ...withoutContent(settled(notice, 'dropped', world.clock.now())),
    ...(why.cause === 'operator' ? { dropReason: why.reason } : {}),
  }),
  auditWrite(world, actor, { type: 'notice.dropped', ...namesOf(notice), ...why }),
];

/** Open as before, to be taken up at `dueAt`. */
export function planDue(notice: Stored<Notice>, dueAt: Instant, changes: Partial<Notice> = {}): Write {
  const { claim: _claim, ...rest } = notice;
  return replace(notices, { ...rest, ...changes, state: 'due', dueAt });
}

export const namesOf = ({ id, accountId }: Notice) => ({
  noticeId: id,
  ...(accountId === undefined ? {} : { accountId }),
});

function settled(notice: Stored<Notice>, state: keyof typeof keptFor, now: Instant): Stored<Notice> {
  const { claim: _claim, dueAt: _dueAt, queue: _queue, ...rest } = notice;
  return { ...rest, state, settledAt: now, goneAt: now + keptFor[state] };
}

function withoutContent(notice: Stored<Notice>): Stored<Notice> {
  const { content: _content, ...rest } = notice;
  return rest;
}
