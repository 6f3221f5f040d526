import { describe, expect, it } from '@jest/globals';
import { complaintsOf, loadBeside } from '../load-text.ts';

describe('checkReferences', () => {
  it('refuses a main desk that does not exist, and suggests the one meant', () => {
    expect(complaintsOf(loadBeside('', { SEKISHO__MAINDESK: 'hlep' }))).toEqual([
      'mainDesk: there is no desk hlep; did you mean help?',
    ]);
  });

  it('refuses the unknown desk of a kind of account', () => {
    expect(complaintsOf(loadBeside('', { SEKISHO__ACCOUNTS__KINDS__MEMBER__DESK: 'library' }))).toEqual([
      'accounts.kinds.member.desk: there is no desk library',
    ]);
  });
});
