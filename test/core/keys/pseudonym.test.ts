import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pseudonymUnder } from '../../../src/core/keys/pseudonym.ts';
import { pairwiseRing } from '../attributes/sample-attributes.ts';

const pseudonym = pseudonymUnder(pairwiseRing());

describe('pseudonymUnder', () => {
  it('is the same for one id in one place for ever, and another under another key', () => {
    // Written down once: records of services hang on it.
    expect(pseudonym('account-1', 'kulasis.example').toString('base64url')).toBe(
      'D5oV6MH_lygI4EiMYwE98i6T2FCNYmZCaWBS7hAE8mE',
    );
    expect(pseudonymUnder(pairwiseRing(2))('account-1', 'kulasis.example')).not.toEqual(
      pseudonym('account-1', 'kulasis.example'),
    );
  });

  it('is another for every other id or place', () => {
    const text = fc.string({ maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, text, (id, place, otherId, otherPlace) => {
        const isSame = pseudonym(id, place).equals(pseudonym(otherId, otherPlace));
        expect(isSame).toBe(id === otherId && place === otherPlace);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps place and id apart, however they are cut', () => {
    expect(pseudonym('b-1', 'a')).not.toEqual(pseudonym('-1', 'ab'));
  });
});
