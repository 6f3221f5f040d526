/**
 * How things stand in the store: what is owed, unsealed or failing. Read by index, so that it costs the same with a million
 * records, and only when somebody asks.
 */
import type { Instant } from '../base/clock.ts';
import { auditEvents, unsealed } from '../core/audit/event.ts';
import { readHead } from '../core/audit/head.ts';
import { noticeKinds } from '../core/notices/content.ts';
import { type NoticeState, notices } from '../core/notices/notice.ts';
import type { World } from '../core/world.ts';

export interface JobStanding {
  readonly name: string;
  readonly lastDoneAt?: Instant;
  /** Turns in a row that did not succeed. */
  readonly failures: number;
}

export interface Standing {
  /** Milliseconds since the oldest of each kind was to be taken up; 0 where none waits. */
  readonly overdue: readonly { readonly kind: string; readonly age: number }[];
  /** Milliseconds since the oldest that is not settled came to be owed. */
  readonly oldestOwed: number;
  readonly owed: readonly { readonly state: NoticeState; readonly count: number }[];
  /** Milliseconds since the oldest event that is not sealed. */
  readonly unsealed: number;
  /** Undefined before the first checkpoint. */
  readonly checkpointAt?: Instant;
  readonly jobs: readonly JobStanding[];
}

/** Settled ones are not counted: there are too many of them, and they are nobody's worry. */
const openStates = ['due', 'sending', 'dead'] as const satisfies readonly NoticeState[];

export async function readStanding(
  { store, clock }: World,
  jobs: () => Promise<readonly JobStanding[]>,
): Promise<Standing> {
  const now = clock.now();
  const ageOf = (at: Instant | undefined): number => (at === undefined ? 0 : Math.max(0, now - at));
  const oldest = async (index: string, equals: string) =>
    (await store.find(notices, { index, equals: [equals], limit: 1 })).records[0];
  const [overdue, owed, waiting, events, head, jobRows] = await Promise.all([
    Promise.all(noticeKinds.map(async (kind) => ({ kind, age: ageOf((await oldest('byDue', kind))?.dueAt) }))),
    Promise.all(
      openStates.map(async (state) => ({
        state,
        count: await store.count(notices, { index: 'byState', equals: [state] }),
      })),
    ),
    oldest('byState', 'due'),
    store.find(auditEvents, { index: 'byBatch', equals: [unsealed], limit: 1 }),
    readHead(store),
    jobs(),
  ]);
  return {
    overdue,
    oldestOwed: ageOf(waiting?.createdAt),
    owed,
    unsealed: ageOf(events.records[0]?.at),
    ...(head && head.signedAt > 0 ? { checkpointAt: head.signedAt } : {}),
    jobs: jobRows,
  };
}
