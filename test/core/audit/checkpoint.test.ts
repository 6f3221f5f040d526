import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../../src/base/duration.ts';
import { auditCheckpoints, isCheckpointDue, isSignedBy, signCheckpoint } from '../../../src/core/audit/checkpoint.ts';
import { type AuditHead, readHead } from '../../../src/core/audit/head.ts';
import { keyRing, openRing } from '../../../src/core/keys/ring.ts';
import { sampleTurning } from '../fresh-world.ts';
import { auditStage } from './audit-stage.ts';

describe('signCheckpoint', () => {
  const stage = auditStage();

  it('signs the last batch, for the store and for the log', async () => {
    await stage().sealed(2, 2);
    const head = await readHead(stage().world.store);
    const checkpoint = await stage().sign();
    expect(checkpoint).toMatchObject({ number: 1, batch: 2, hash: head?.hash, prunedThrough: 0 });
    const stored = await stage().world.store.find(auditCheckpoints, { index: 'byNumber' });
    expect(stored.records).toEqual([{ ...checkpoint, version: 1 }]);
    const [key] = stage().keys;
    expect(key && checkpoint && isSignedBy(key.key, checkpoint)).toBe(true);
  });

  it('signs nothing where nothing is new', async () => {
    expect(await stage().sign()).toBeUndefined();
    await stage().sealed(1);
    await stage().sign();
    expect(await stage().sign()).toBeUndefined();
  });

  it('lets one of two win', async () => {
    await stage().sealed(1);
    const outcomes = await Promise.allSettled([stage().sign(), stage().sign()]);
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBeLessThanOrEqual(1);
    expect((await stage().judge()).summary).toMatchObject({ problems: 0, checkpoints: 1 });
  });

  it('has a key on an installation from before there was one', async () => {
    const { world } = stage();
    const { records } = await world.store.find(keyRing, { index: 'byUse', equals: ['audit-signing'] });
    expect(records).toHaveLength(1);
    for (const { id } of records) await stage().take(keyRing, id);
    const ring = await openRing(world, sampleTurning());
    await stage().sealed(1);
    expect(await signCheckpoint(world, ring)).toMatchObject({ number: 1 });
  });
});

describe('isCheckpointDue', () => {
  const policy = { batches: 10, interval: minutes(5) };
  const head: AuditHead = {
    id: 'head',
    number: 7,
    hash: 'AAAA',
    checkpoint: 1,
    signedThrough: 4,
    signedAt: minutes(100),
    prunedThrough: 0,
  };

  it.each([
    ['after few batches within the interval', {}, 104, false],
    ['after many batches', { number: 14 }, 100, true],
    ['after the interval', {}, 105, true],
    ['after the interval, when nothing was sealed', { number: 4 }, 500, false],
    ['when the clock was put back', {}, 40, true],
    ['at once for the first batch', { checkpoint: 0, signedThrough: 0, signedAt: 0, number: 1 }, 100, true],
  ])('%s', (_when, fields, minute, due) => {
    expect(isCheckpointDue({ ...head, ...fields }, minutes(minute), policy)).toBe(due);
  });
});
