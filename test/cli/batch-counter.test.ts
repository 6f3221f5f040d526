import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { batchCounter } from '../../src/cli/batch-counter.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { auditBatches } from '../../src/core/audit/batch.ts';
import { auditStage } from '../core/audit/audit-stage.ts';

describe('batchCounter', () => {
  const stage = auditStage();
  let written = '';
  beforeEach(() => {
    written = '';
  });

  const terminal = (showsProgress: boolean): Terminal => ({
    out: () => {},
    err(text) {
      written += text;
    },
    input: Readable.from([]),
    showsProgress,
    environment: {},
    folder: '.',
    operator: 'tester',
    untilStopped: async () => {},
  });

  async function read(count: number, showsProgress: boolean): Promise<void> {
    await stage().sealed(1);
    const counter = await batchCounter(stage().world.store, terminal(showsProgress));
    for (let number = 0; number < count; number += 1) await counter.store.get(auditBatches, String(number));
    counter.end();
  }

  it('writes over one line as batches pass, and clears it', async () => {
    await read(200, true);
    expect(written).toBe('\r100 of 1 batches\r200 of 1 batches\r\u001B[K');
  });

  it('is silent where nobody watches', async () => {
    await read(200, false);
    expect(written).toBe('');
  });
});
