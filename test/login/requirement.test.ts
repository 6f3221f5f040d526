import { describe, expect, it } from '@jest/globals';
import type { FactorUse } from '../../src/core/credentials/factor-use.ts';
import type { PolicyClause } from '../../src/core/policy/policy.ts';
import { type Requirement, requirementsOf, unmetBy } from '../../src/login/requirement.ts';
import { passwordUse, sampleConnection } from '../core/sample-records.ts';
import { useOf } from '../core/sample-uses.ts';
import { sampleRequest, sampleRule } from './sample-situation.ts';

const connection: Requirement = { anyOf: ['mfa'], isEssential: true, reason: 'connection' };
const asked: Requirement = { anyOf: ['aal2', 'mfa'], isEssential: true, reason: 'service_asked' };
const wished: Requirement = { anyOf: ['aal2', 'mfa'], isEssential: false, reason: 'service_wishes' };

const strict: PolicyClause = { rule: { name: 'strict', when: {}, level: 'phishing-resistant' }, reason: 'person' };
const lenient: PolicyClause = {
  rule: { name: 'lenient', when: {}, level: 'mfa', trustedBrowser: 'policy' },
  reason: 'person',
};

describe('what a login must prove', () => {
  const of = (demand: { acceptable: Requirement['anyOf']; essential: boolean }, isRequired = false) =>
    requirementsOf({
      request: sampleRequest({ demand }),
      connection: sampleConnection(isRequired ? { requiredLevel: 'mfa' } : {}),
    });

  it.each<[string, readonly Requirement[], readonly Requirement[]]>([
    ['nothing where nobody asks', of({ acceptable: [], essential: false }), []],
    ['what every login there needs', of({ acceptable: [], essential: false }, true), [connection]],
    ['one of what this request insists on', of({ acceptable: asked.anyOf, essential: true }), [asked]],
    ['what is wished for, as a wish', of({ acceptable: asked.anyOf, essential: false }), [wished]],
    ['both, that of the connection first', of({ acceptable: asked.anyOf, essential: true }, true), [connection, asked]],
    [
      'something that nothing meets, where it insists on what nobody knows',
      of({ acceptable: [], essential: true }),
      [{ ...asked, anyOf: [] }],
    ],
    [
      'what a trusted browser may stand in for, where the connection says so; what the service asks for never is',
      requirementsOf({
        request: sampleRequest({ demand: { acceptable: asked.anyOf, essential: true } }),
        connection: sampleConnection({ requiredLevel: 'mfa', trustedBrowser: 'policy' }),
      }),
      [{ ...connection, mayBeWaived: true }, asked],
    ],
    [
      'what the rules of the policy demand, after the connection and before the service',
      requirementsOf({
        request: sampleRequest({ demand: { acceptable: asked.anyOf, essential: true } }),
        connection: sampleConnection({ requiredLevel: 'mfa' }),
        policy: [strict, lenient],
      }),
      [
        connection,
        { anyOf: ['phishing-resistant'], isEssential: true, reason: 'policy', clause: strict },
        { anyOf: ['mfa'], isEssential: true, reason: 'policy', clause: lenient, mayBeWaived: true },
        asked,
      ],
    ],
    ['nothing for the portal', requirementsOf({ request: sampleRequest() }), []],
  ])('is %s', (_what, requirements, expected) => {
    expect(requirements).toEqual(expected);
  });
});

describe('what is still missing', () => {
  const all = [connection, asked, wished];

  it.each<[string, readonly Requirement[], readonly FactorUse[], readonly Requirement[]]>([
    ['everything before anything was given', all, [], all],
    ['everything after a password', all, [passwordUse()], all],
    ['nothing after one that does for each', all, [passwordUse(), useOf('totp')], []],
    [
      'each whose levels are not true',
      [connection, { ...asked, anyOf: ['aal2'] }],
      [passwordUse(), useOf('totp')],
      [{ ...asked, anyOf: ['aal2'] }],
    ],
    ['what nothing meets', [{ ...asked, anyOf: [] }], [passwordUse(), useOf('totp')], [{ ...asked, anyOf: [] }]],
    ['nothing where nothing is asked', [], [], []],
  ])('is %s', (_what, requirements, factors, expected) => {
    expect(unmetBy(sampleRule, requirements, factors)).toEqual(expected);
  });
});
