import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { oncePerRun } from './once-per-run.ts';

describe('oncePerRun', () => {
  let folder: string;
  let made: number;
  const before = process.env.SEKISHO_TEST_RUN;
  const make = async () => {
    made += 1;
    return `number ${made}`;
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sekisho-once-'));
    process.env.SEKISHO_TEST_RUN = join(folder, 'run');
    made = 0;
  });
  afterEach(() => {
    process.env.SEKISHO_TEST_RUN = before;
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives everybody what the first that asked has made', async () => {
    const answers = await Promise.all([oncePerRun('thing', make), oncePerRun('thing', make)]);
    expect([...answers, await oncePerRun('thing', make)]).toEqual(['number 1', 'number 1', 'number 1']);
  });

  it('tells everybody why there is none, without trying again', async () => {
    const fails = async () => {
      made += 1;
      throw new Error('no way out');
    };
    await expect(oncePerRun('thing', fails)).rejects.toThrow('no way out');
    await expect(oncePerRun('thing', make)).rejects.toThrow('no way out');
    expect(made).toBe(1);
  });
});
