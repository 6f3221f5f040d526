import { describe, expect, it } from '@jest/globals';
import { findProgram } from './find-program.ts';

describe('findProgram', () => {
  it('takes the first of the named places where a program lies', () => {
    expect(findProgram('node', ['/nowhere/node', process.execPath])).toEqual({
      name: 'node',
      isMet: true,
      path: process.execPath,
    });
  });

  it('looks along PATH when the places are empty', () => {
    expect(findProgram('node', [])).toMatchObject({ isMet: true });
  });

  it('answers the bare name for a program that is nowhere', () => {
    expect(findProgram('sekisho-no-such-program', [])).toEqual({
      name: 'sekisho-no-such-program',
      isMet: false,
      path: 'sekisho-no-such-program',
    });
  });
});
