import { describe, expect, it } from '@jest/globals';
import { notices } from '../../../src/core/notices/notice.ts';
import { noticeStanding } from '../../../src/core/notices/standing.ts';
import { replace } from '../../../src/store/port.ts';
import { freshOutbox, mailTo } from './outbox-stage.ts';

describe('how it stands with a notice', () => {
  const outbox = freshOutbox();

  it.each([
    ['waiting', { state: 'due' }],
    ['waiting', { state: 'sending' }],
    ['late', { state: 'due', lastError: 'ECONNREFUSED' }],
    ['sent', { state: 'sent', lastError: 'ECONNREFUSED' }],
    ['failed', { state: 'dead', lastError: 'RCPT TO 550' }],
    ['failed', { state: 'dropped' }],
  ] as const)('is %s where it is %j', async (standing, fields) => {
    const { owe, all, world } = outbox();
    await owe(
      { ...mailTo('a@example.jp'), dedupeKey: 'mail-code/1' },
      { ...mailTo('b@example.jp'), dedupeKey: 'mail-code/2' },
    );
    const [first] = await all();
    if (!first) throw new Error('no notice');
    await world.store.commit([replace(notices, { ...first, version: 1, ...fields })]);
    expect(await noticeStanding(world, 'mail-code/1')).toBe(standing);
    expect(await noticeStanding(world, 'mail-code/2')).toBe('waiting');
  });
});
