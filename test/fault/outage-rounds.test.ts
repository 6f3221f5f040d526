import { expect, it } from '@jest/globals';
import { compiler, describeWith } from '../support/needs.ts';
import { outageRounds } from './outage-rounds.ts';

describeWith(compiler, 'a server whose disk fails under load', () => {
  it.each([
    ['is full', 'full'],
    ['does not sync', 'sync-fails'],
  ] as const)(
    'refuses in words, reads on, goes on by itself and loses nothing: the disk %s',
    async (_, fault) => {
      const report = await outageRounds({ fault, outages: 3 });
      expect(report.failures).toEqual([]);
      expect(report.diskFailures).toBeGreaterThan(0);
      expect(report.afterwards).toBeGreaterThan(0);
      expect(report.tokensHeld).toBeGreaterThan(0);
    },
    120_000,
  );
});
