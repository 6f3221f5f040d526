import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/base/duration.ts';
import { keepSealed } from '../../../src/core/audit/keep-sealed.ts';
import { auditStage } from './audit-stage.ts';

describe('keepSealed', () => {
  const stage = auditStage();
  const policy = { limit: 3, rounds: 2, batches: 10, interval: minutes(5) };
  const turn = () => keepSealed(stage().world, stage().ring, policy);

  it('works a backlog off over several turns', async () => {
    await stage().tell(8);
    expect(await turn()).toMatchObject({ events: 6, isDone: false });
    expect(await turn()).toMatchObject({ events: 2, isDone: true });
    expect(await turn()).toEqual({ events: 0, isDone: true });
    expect((await stage().judge()).summary).toMatchObject({ problems: 0, batches: 3, events: 8 });
  });

  it('signs when it is due, and hands over what the log is to hear', async () => {
    await stage().tell(1);
    expect((await turn()).checkpoint).toMatchObject({ batch: 1 });
    await stage().tell(1);
    expect((await turn()).checkpoint).toBeUndefined();
    stage().clock.advance(policy.interval);
    expect((await turn()).checkpoint).toMatchObject({ batch: 2 });
    expect((await turn()).checkpoint).toBeUndefined();
  });
});
