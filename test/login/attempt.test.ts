import { describe, expect, it } from '@jest/globals';
import { attempts, findAttempt, openAttempt } from '../../src/login/attempt.ts';
import { replace } from '../../src/store/port.ts';
import { freshWorld } from '../core/fresh-world.ts';
import { sampleRequest } from './sample-situation.ts';

describe('an attempt', () => {
  const fresh = freshWorld(attempts);
  const open = () => openAttempt(fresh().world, 60_000, 'handle', 'browser', sampleRequest());

  it('is found by its handle in the browser that began it', async () => {
    const opened = await open();
    expect(opened).toMatchObject({ request: sampleRequest(), progress: {} });
    expect(await findAttempt(fresh().world, 'handle', 'browser')).toEqual(opened);
  });

  it.each([
    ['another browser', 'handle', 'other browser', 'attempt.foreign_browser'],
    ['a browser without a cookie', 'handle', undefined, 'attempt.foreign_browser'],
    ['a browser with an empty cookie', 'handle', '', 'attempt.foreign_browser'],
    ['another handle', 'handlf', 'browser', 'attempt.not_found'],
    ['an empty handle', '', 'browser', 'attempt.not_found'],
  ])('is refused to %s', async (_whom, handle, browser, code) => {
    await open();
    await expect(findAttempt(fresh().world, handle, browser)).rejects.toMatchObject({ code });
  });

  it('is not opened by what the store holds', async () => {
    const opened = await open();
    const { world } = fresh();
    await expect(findAttempt(world, opened.id, 'browser')).rejects.toMatchObject({ code: 'attempt.not_found' });
    await expect(findAttempt(world, 'handle', opened.browserDigest)).rejects.toMatchObject({
      code: 'attempt.foreign_browser',
    });
    expect(JSON.stringify(opened)).not.toMatch(/"handle"|"browser"/);
  });

  it('is forgotten after its lifetime, however often it moved', async () => {
    const { world, clock } = fresh();
    const opened = await open();
    clock.advance(59_999);
    await world.store.commit([replace(attempts, { ...opened, progress: { choice: 'other' } })]);
    clock.advance(1);
    await expect(findAttempt(world, 'handle', 'browser')).rejects.toMatchObject({ code: 'attempt.not_found' });
  });

  it('is not begun twice under one handle', async () => {
    await open();
    await expect(open()).rejects.toMatchObject({ code: 'store.duplicate' });
  });
});
