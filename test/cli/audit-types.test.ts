import { describe, expect, it } from '@jest/globals';
import { auditTypes } from '../../src/cli/audit-types.ts';

describe('auditTypes', () => {
  it('are offered in alphabetical order', () => {
    expect(auditTypes).toEqual([...auditTypes].sort());
  });
});
