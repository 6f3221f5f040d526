import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../../../src/base/errors.ts';
import type { Commit } from '../../../src/store/mongo/commit.ts';
import { CommitQueue, type Ways } from '../../../src/store/mongo/commit-queue.ts';

/** Only its place is looked at. */
const commitOf = (id: string, writes = 2): Commit =>
  Array.from({ length: writes }, (_, at) => ({
    kind: 'remove',
    table: { collection: { name: 'courses' } },
    id: `${id}-${at}`,
  })) as unknown as Commit;

const unavailable = { reason: { code: 'store.unavailable' } };

function ways({ group = async () => 'done', alone = async () => undefined }: Partial<Ways>): Ways {
  return { group, alone };
}

describe('the queue of commits', () => {
  it('keeps no more than ten thousand waiting', async () => {
    const held = Promise.withResolvers<'done'>();
    const queue = new CommitQueue(ways({ group: () => held.promise }), 60_000);
    const asked = Array.from({ length: 10_005 }, (_, number) => queue.run(commitOf(`c${number}`)));
    const [last] = await Promise.allSettled(asked.slice(-1));
    expect(last).toMatchObject({ reason: { facts: { reason: 'too_many_wait' } } });
    held.resolve('done');
    const answers = await Promise.allSettled(asked);
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  });

  it('refuses what has waited for as long as the deadline, and begins it not', async () => {
    const begun: string[] = [];
    const first = Promise.withResolvers<'done'>();
    const queue = new CommitQueue(
      ways({
        group: ([commit]) => {
          begun.push(commit?.[0]?.id ?? '');
          return first.promise;
        },
      }),
      5,
    );
    const early = queue.run(commitOf('early'));
    await new Promise(setImmediate);
    const late = queue.run(commitOf('late'));
    for (const from = performance.now(); performance.now() < from + 10; );
    first.resolve('done');
    await early;
    await expect(late).rejects.toMatchObject(unavailable.reason);
    expect(begun).toEqual(['early-0']);
    await queue.run(commitOf('after'));
  });

  it('tells each of a refused group its own answer', async () => {
    const alone = async ([write]: Commit) => {
      if (write?.id === 'wrong-0') throw new DomainError('store.conflict');
    };
    const queue = new CommitQueue(ways({ group: async () => 'refused', alone }), 60_000);
    const answers = await Promise.allSettled(['one', 'wrong', 'two'].map((id) => queue.run(commitOf(id))));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('goes on after a group to which nobody answered', async () => {
    let groups = 0;
    const group = async () => {
      groups += 1;
      if (groups === 1) throw new DomainError('store.unavailable');
      return 'done' as const;
    };
    const queue = new CommitQueue(ways({ group }), 60_000);
    const answers = await Promise.allSettled(['one', 'two'].map((id) => queue.run(commitOf(id))));
    expect(answers).toMatchObject([unavailable, unavailable]);
    await queue.run(commitOf('three'));
    await queue.close();
    await expect(queue.run(commitOf('four'))).rejects.toMatchObject(unavailable.reason);
  });
});
