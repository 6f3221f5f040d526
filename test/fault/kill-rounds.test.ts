import { describe, expect, it } from '@jest/globals';
import { compiler, describeWith } from '../support/needs.ts';
import { type KillReport, killRounds } from './kill-rounds.ts';

function expectAllHeld({ failures, tokensHeld, unusedCodesHeld }: KillReport): void {
  expect(failures).toEqual([]);
  // Without load there would be nothing to lose.
  expect(tokensHeld).toBeGreaterThan(0);
  expect(unusedCodesHeld).toBeGreaterThan(0);
}

describe('a server killed under load', () => {
  it('has lost nothing that it acknowledged, and takes no code twice', async () => {
    expectAllHeld(await killRounds({ kills: 3 }));
  }, 120_000);
});

describeWith(compiler, 'a server whose machine loses its power under load', () => {
  it('has lost nothing that it acknowledged, and takes no code twice', async () => {
    expectAllHeld(await killRounds({ kills: 3, cutsPower: true }));
  }, 120_000);
});
