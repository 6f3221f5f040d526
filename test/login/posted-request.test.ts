import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../src/base/digest.ts';
import { minutes } from '../../src/base/duration.ts';
import { keepPosted, postedRequests, readPosted } from '../../src/login/posted-request.ts';
import { freshWorld } from '../core/fresh-world.ts';

describe('a posted request', () => {
  const fresh = freshWorld(postedRequests);
  const parameters = 'client_id=kulasis&state=a%20b';

  it('is read as it was posted, again too', async () => {
    const { world } = fresh();
    const handle = await keepPosted(world, parameters);
    expect(await readPosted(world, handle)).toBe(parameters);
    expect(await readPosted(world, handle)).toBe(parameters);
  });

  it('is kept for five minutes', async () => {
    const { world, clock } = fresh();
    const handle = await keepPosted(world, parameters);
    clock.advance(minutes(5) - 1);
    expect(await readPosted(world, handle)).toBe(parameters);
    clock.advance(1);
    expect(await readPosted(world, handle)).toBeUndefined();
  });

  it('is not read by what the store holds, nor by a made-up name', async () => {
    const { world } = fresh();
    const handle = await keepPosted(world, parameters);
    expect(await world.store.get(postedRequests, digestOf(handle))).toBeDefined();
    expect(await readPosted(world, digestOf(handle))).toBeUndefined();
    expect(await readPosted(world, '')).toBeUndefined();
  });

  it('has a name of its own each time', async () => {
    const { world } = fresh();
    expect(await keepPosted(world, parameters)).not.toBe(await keepPosted(world, parameters));
  });
});
