/** What only the log can tell: that the chain was longer, or another one. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { auditBatches } from '../../../src/core/audit/batch.ts';
import { auditCheckpoints } from '../../../src/core/audit/checkpoint.ts';
import { auditEvents } from '../../../src/core/audit/event.ts';
import { auditHead } from '../../../src/core/audit/head.ts';
import { numberedId } from '../../../src/core/audit/numbered.ts';
import { remove } from '../../../src/store/port.ts';
import { auditStage } from './audit-stage.ts';

describe('verifyAudit with what the log knows', () => {
  const stage = auditStage();
  const hashOf = async (number: number) =>
    (await stage().world.store.get(auditBatches, numberedId(number)))?.hash ?? '';

  beforeEach(async () => {
    await stage().sealed(3, 3);
    await stage().sign();
    await stage().sealed(3);
    await stage().sign();
    await stage().sealed(3);
  });

  const cutOff = async (batch: number) => {
    const { store } = stage().world;
    const events = (await stage().idsOf(batch)).map((id) => remove(auditEvents, id));
    await store.commit([...events, remove(auditBatches, numberedId(batch))]);
  };
  const rewind = async () => {
    const signed = await stage().world.store.get(auditCheckpoints, numberedId(1));
    const hash = await hashOf(2);
    const back = { number: 2, hash, checkpoint: 1, signedThrough: 2, signedAt: signed?.at };
    await cutOff(4);
    await cutOff(3);
    await stage().take(auditCheckpoints, numberedId(2));
    await stage().change(auditHead, 'head', back);
  };

  it('confirms a chain that has grown since', async () => {
    const hash = await hashOf(3);
    expect((await stage().judge({ knownHead: { batch: 3, hash } })).problems).toEqual([]);
  });

  it('names a tail that was cut off with every trace of it', async () => {
    const hash = await hashOf(4);
    await rewind();
    expect((await stage().judge()).problems).toEqual([]);
    expect((await stage().judge({ knownHead: { batch: 4, hash } })).problems).toEqual([
      { kind: 'tail.truncated', known: 4, found: 2 },
    ]);
  });

  it('names a chain that was cut off and has grown again', async () => {
    const hash = await hashOf(4);
    await rewind();
    await stage().sealed(3, 3, 3);
    expect((await stage().judge({ knownHead: { batch: 4, hash } })).problems).toEqual([
      { kind: 'chain.rewritten', batch: 4 },
    ]);
  });

  it('names everything gone', async () => {
    const hash = await hashOf(4);
    await rewind();
    await cutOff(2);
    await cutOff(1);
    await stage().take(auditCheckpoints, numberedId(1));
    await stage().take(auditHead, 'head');
    expect((await stage().judge({ knownHead: { batch: 4, hash } })).problems).toEqual([
      { kind: 'tail.truncated', known: 4, found: 0 },
    ]);
  });
});
