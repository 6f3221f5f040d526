import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareIds } from '../../src/store/id-order.ts';

describe('compareIds', () => {
  it('orders any two texts as their UTF-8 bytes are ordered', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
        fc.constantFrom('a', '\u{10000}', '\u{10401}', '\uffff', '\ue000', '\ud7ff'),
      ),
    });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(Math.sign(compareIds(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
      { numRuns: 2_000 },
    );
  });
});
