import { describe, expect, it } from '@jest/globals';
import { openPolicy } from '../../../src/core/policy/policy.ts';
import type { PolicyRule } from '../../../src/core/policy/rule.ts';
import { groupConnections } from '../../../src/login/policy-trial/connection-groups.ts';
import { sampleConnection } from '../../core/sample-records.ts';

const rule = (name: string, when: PolicyRule['when']): PolicyRule => ({ name, when, level: 'mfa' });
const present = openPolicy([rule('law', { connections: ['a', 'b'] })]);
const changed = openPolicy([rule('test', { stages: ['test'] })]);
const grouped = (...all: readonly Parameters<typeof sampleConnection>[0][]) =>
  groupConnections(all.map(sampleConnection), present, changed).map(({ ids }) => ids.join());

describe('groupConnections', () => {
  it('takes together those of which both policies make the same', () => {
    expect(grouped({ id: 'a' }, { id: 'c' }, { id: 'b' }, { id: 'd' })).toEqual(['a,b', 'c,d']);
  });

  it.each([
    ['audience', { audience: { roles: ['staff' as const] } }],
    ['level', { requiredLevel: 'mfa' as const }],
    ['rules of the changed policy', { stage: 'test' as const }],
  ])('keeps apart those that differ in %s', (_what, wishes) => {
    expect(grouped({ id: 'c' }, { id: 'd', ...wishes })).toEqual(['c', 'd']);
  });

  it('leaves out what is suspended', () => {
    expect(grouped({ id: 'c' }, { id: 'd', state: 'suspended' })).toEqual(['c']);
  });
});
