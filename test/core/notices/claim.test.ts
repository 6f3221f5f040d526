/** Senders that are lost and clocks that differ: each notice goes out in time, and no two senders have it at once. */
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { freshOutbox, full, mailTo, minute } from './outbox-stage.ts';

describe('a notice', () => {
  const outbox = freshOutbox();

  it('goes out at once where a clock that is a minute ahead owed it, and not where it was put off', async () => {
    const stage = outbox();
    stage.answer = () => full;
    stage.clock.advance(minute);
    await stage.owe(mailTo('later@example.jp'));
    await stage.deliver();
    await stage.owe(mailTo('ahead@example.jp'));
    stage.clock.advance(-minute);
    await stage.deliver();
    expect(stage.offered.map(({ to }) => to)).toEqual(['later@example.jp', 'ahead@example.jp']);
  });

  it('goes out again under the same id when its sender was lost after the acceptance', async () => {
    const stage = outbox();
    await stage.owe(mailTo('a@example.jp'));
    const lost = new Promise<never>(() => undefined);
    stage.answer = () => lost;
    void stage.deliver();
    while (stage.offered.length === 0) await setImmediate();
    stage.answer = () => ({ kind: 'accepted' });
    await stage.deliver();
    expect(stage.offered).toHaveLength(1);
    // Not by a clock that is a minute ahead, either, before the longest send is over.
    stage.clock.advance(2 * minute);
    await stage.deliver();
    expect(stage.offered).toHaveLength(1);
    stage.clock.advance(minute);
    await stage.deliver();
    expect(stage.offered[1]).toEqual(stage.offered[0]);
    expect(await stage.states()).toEqual(['sent']);
  });
});
