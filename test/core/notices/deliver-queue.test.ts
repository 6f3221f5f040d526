import { describe, expect, it } from '@jest/globals';
import { freshOutbox, logoutAt, minute } from './outbox-stage.ts';

describe('deliverQueue', () => {
  const outbox = freshOutbox();
  const recipients = (): readonly string[] => outbox().offered.map(({ to }) => to);

  it('stays with no service that takes its messages slowly: others are told in between, and it hears all of its own', async () => {
    const stage = outbox();
    const slow = Array.from({ length: 20 }, (_, place) => logoutAt('slow', `slow-${place}`));
    stage.answer = ({ to }) => {
      if (to.startsWith('slow')) stage.clock.advance(9_000);
      return { kind: 'accepted' };
    };
    await stage.owe(...slow);
    const begun = stage.clock.now();
    await stage.deliver();
    expect(stage.clock.now() - begun).toBeLessThan(minute);
    await stage.owe(logoutAt('quick', 'quick-0'));
    await stage.deliver();
    expect(recipients()).toContain('quick-0');
    for (let turn = 0; turn < 20; turn += 1) {
      stage.clock.advance(5_000);
      await stage.deliver();
    }
    const heard = recipients().filter((to) => to !== 'quick-0');
    expect(heard).toEqual(slow.map((_, place) => `slow-${place}`));
  });
});
