import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/base/duration.ts';
import { answeredRequests, answerWrite, useUp } from '../../../src/protocols/saml/answered-request.ts';
import { freshWorld } from '../../core/fresh-world.ts';

describe('answerWrite', () => {
  const fresh = freshWorld(answeredRequests);

  it('can be committed once for each service, for as long as the request could pass again', async () => {
    const { world, clock } = fresh();
    const answer = (connectionId = 'kumoi') => world.store.commit([answerWrite(world, minutes(6), connectionId, '_1')]);
    await answer();
    await answer('other');
    await expect(answer()).rejects.toMatchObject({ code: 'store.duplicate' });
    // Three minutes ahead of our time, where three minutes are allowed, it would pass until six minutes later.
    clock.advance(minutes(6));
    await expect(answer()).rejects.toMatchObject({ code: 'store.duplicate' });
    // And a node whose clock is a minute behind lets it pass for as much longer.
    clock.advance(minutes(1));
    await expect(answer()).rejects.toMatchObject({ code: 'store.duplicate' });
    clock.advance(minutes(1));
    await answer();
  });

  it('is refused a second time where it goes alone', async () => {
    const { world } = fresh();
    await useUp(world, minutes(6), 'kumoi', '_1');
    await expect(useUp(world, minutes(6), 'kumoi', '_1')).rejects.toMatchObject({ reason: 'replayed' });
  });
});
