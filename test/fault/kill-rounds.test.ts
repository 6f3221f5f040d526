import { describe, expect, it } from '@jest/globals';
import { killRounds } from './kill-rounds.ts';

describe('a server killed under load', () => {
  it('has lost nothing that it acknowledged, and takes no code twice', async () => {
    const report = await killRounds(3);
    expect(report.failures).toEqual([]);
    // Without load there would be nothing to lose.
    expect(report.tokensHeld).toBeGreaterThan(0);
    expect(report.unusedCodesHeld).toBeGreaterThan(0);
  }, 120_000);
});
