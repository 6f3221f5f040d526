import { describe, expect, it } from '@jest/globals';
import { countReturn, isLooping, serviceReturns } from '../../../src/protocols/saml/returns.ts';
import { freshWorld } from '../../core/fresh-world.ts';

const rule = { most: 3, within: 10_000 };

describe('isLooping', () => {
  const fresh = freshWorld(serviceReturns);

  it('holds after as many returns as the rule allows, until its time is over', async () => {
    const { world, clock } = fresh();
    const looping = () => isLooping(world, rule, 'session', 'kumoi');
    for (let count = 0; count < rule.most; count += 1) {
      expect(await looping()).toBe(false);
      await world.store.commit([countReturn(world, rule, 'session', 'kumoi')]);
      clock.advance(1_000);
    }
    expect(await looping()).toBe(true);
    expect(await isLooping(world, rule, 'session', 'other')).toBe(false);
    expect(await isLooping(world, rule, 'another', 'kumoi')).toBe(false);
    clock.advance(7_000);
    expect(await looping()).toBe(false);
  });

  it('counts returns that come at the same moment', async () => {
    const { world } = fresh();
    const once = () => world.store.commit([countReturn(world, rule, 'session', 'kumoi')]);
    await Promise.all([once(), once(), once()]);
    expect(await isLooping(world, rule, 'session', 'kumoi')).toBe(true);
  });
});
