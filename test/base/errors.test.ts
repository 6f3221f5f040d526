import { describe, expect, it } from '@jest/globals';
import { DomainError, isDomainError } from '../../src/base/errors.ts';

describe('DomainError', () => {
  it('carries its code, its facts and its cause', () => {
    const cause = new Error('disk full');
    const error = new DomainError('store.unavailable', { path: 'sekisho.db' }, cause);
    expect(error).toMatchObject({ code: 'store.unavailable', facts: { path: 'sekisho.db' }, cause });
  });

  it('has no cause where none was given', () => {
    expect('cause' in new DomainError('internal')).toBe(false);
  });
});

describe('isDomainError', () => {
  it.each([
    ['an error of that code', new DomainError('store.conflict'), true],
    ['an error of another code', new DomainError('store.duplicate'), false],
    ['a foreign error', Object.assign(new Error('no'), { code: 'store.conflict' }), false],
    ['nothing', undefined, false],
  ])('judges %s', (_what, error, isOne) => {
    expect(isDomainError(error, 'store.conflict')).toBe(isOne);
  });

  it('takes every code where none is named', () => {
    expect(isDomainError(new DomainError('internal'))).toBe(true);
  });
});
