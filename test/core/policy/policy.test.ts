import { describe, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { asksBrowser, openPolicy, policySubject, rulesAbout } from '../../../src/core/policy/policy.ts';
import type { PolicyCondition, PolicyRule } from '../../../src/core/policy/rule.ts';
import { sampleAccount, samplePerson, startInstant } from '../sample-records.ts';
import { clausesFor, type PolicyFacts } from './clauses-for.ts';

const rule = (when: PolicyCondition, wishes: Partial<PolicyRule> = {}): PolicyRule => ({
  name: 'a-rule',
  when,
  level: 'mfa',
  ...wishes,
});

const facts: PolicyFacts = {
  place: { id: 'kulasis', stage: 'production' },
  subject: { roles: ['student', 'member'], units: ['f-law', 'main-library'], groups: ['admins'], accountKind: 'ecs' },
  visit: { address: '192.0.2.1', isNewBrowser: true },
};
const holding = (when: PolicyCondition, wishes: Partial<PolicyFacts> = {}): boolean =>
  clausesFor(openPolicy([rule(when)]), { ...facts, ...wishes }).length === 1;
const visit = (wishes: Partial<PolicyFacts['visit']>) => ({ visit: { ...facts.visit, ...wishes } });

describe('a rule', () => {
  it.each<[boolean, string, PolicyCondition]>([
    [true, 'without a condition', {}],
    [true, 'for this connection among others', { connections: ['library', 'kulasis'] }],
    [false, 'for another connection', { connections: ['library'] }],
    [true, 'for this stage', { stages: ['production'] }],
    [false, 'for the other stage', { stages: ['test'] }],
    [true, 'for one of the roles', { roles: ['staff', 'student'] }],
    [true, 'for a role that follows from another', { roles: ['member'] }],
    [false, 'for another role', { roles: ['staff'] }],
    [true, 'for the second unit', { units: ['main-library'] }],
    [false, 'for another unit', { units: ['f-science'] }],
    [true, 'for the kind of account', { accountKinds: ['sps', 'ecs'] }],
    [false, 'for another kind of account', { accountKinds: ['sps'] }],
    [true, 'for the group', { groups: ['admins'] }],
    [false, 'for another group', { groups: ['nurses'] }],
    [true, 'for the network', { networks: ['192.0.2.0/24'] }],
    [false, 'for another network', { networks: ['198.51.100.0/24'] }],
    [true, 'for outside of another network', { outsideNetworks: ['198.51.100.0/24'] }],
    [false, 'for outside of this network', { outsideNetworks: ['192.0.2.0/24', '198.51.100.0/24'] }],
    [true, 'for a new browser', { newDevice: true }],
    [true, 'of which every condition is met', { connections: ['kulasis'], roles: ['student'], newDevice: true }],
    [false, 'of which one condition is not', { connections: ['kulasis'], roles: ['staff'], newDevice: true }],
    [false, 'of which the last condition is not', { roles: ['student'], networks: ['198.51.100.0/24'] }],
  ])('says %s: holds %s', (expected, _what, when) => {
    expect(holding(when)).toBe(expected);
  });

  it('for a new browser does not hold in one that has shown a second factor', () => {
    expect(holding({ newDevice: true }, visit({ isNewBrowser: false }))).toBe(false);
    expect(holding({}, visit({ isNewBrowser: false }))).toBe(true);
  });

  it.each([[{ networks: ['198.51.100.0/24'] }], [{ outsideNetworks: ['0.0.0.0/1', '128.0.0.0/1'] }]])(
    'about the network holds for an address that cannot be read: %j',
    (when) => {
      expect(holding(when, visit({ address: '203.0.113.9' }))).toBe(false);
      expect(holding(when, visit({ address: 'unknown' }))).toBe(true);
    },
  );

  it.each<[string, PolicyCondition]>([
    ['service', { connections: ['kulasis'] }],
    ['service', { connections: ['kulasis'], stages: ['production'] }],
    ['person', {}],
    ['person', { connections: ['kulasis'], roles: ['student'] }],
    ['person', { groups: ['admins'] }],
    ['network', { networks: ['192.0.2.0/24'], roles: ['student'] }],
    ['outside', { outsideNetworks: ['198.51.100.0/24'], networks: ['192.0.2.0/24'] }],
    ['new_browser', { newDevice: true, outsideNetworks: ['198.51.100.0/24'] }],
  ])('gives as reason %s for %j', (reason, when) => {
    const held = rule(when);
    expect(clausesFor(openPolicy([held]), facts)).toEqual([{ rule: held, reason }]);
  });
});

describe('the policy', () => {
  const policy = openPolicy([
    rule({ outsideNetworks: ['192.0.2.0/24'] }, { name: 'outside' }),
    rule({ roles: ['staff'] }, { name: 'staff' }),
    rule({ newDevice: true }, { name: 'browser' }),
  ]);
  const names = (rules: ReturnType<typeof rulesAbout>) => rules.map(({ rule: { name } }) => name);

  it('demands by every rule that holds, in the order of the configuration', () => {
    const away = { ...facts, ...visit({ address: '203.0.113.9' }) };
    expect(clausesFor(policy, away).map((clause) => clause.rule.name)).toEqual(['outside', 'browser']);
    expect(clausesFor(policy, facts).map((clause) => clause.rule.name)).toEqual(['browser']);
  });

  it('tells what could be demanded of a person at worst, whatever the circumstances', () => {
    expect(names(rulesAbout(policy, facts.place, () => facts.subject))).toEqual(['outside', 'browser']);
  });

  it('asks nothing of a person or a browser where no rule is for the connection', () => {
    const elsewhere = openPolicy([rule({ connections: ['library'], newDevice: true })]);
    const asked = rulesAbout(elsewhere, facts.place, () => {
      throw new Error('asked for the person');
    });
    expect(asksBrowser(asked)).toBe(false);
  });

  it('sees what a person is now: past and future affiliations count for nothing', () => {
    const person = samplePerson({
      groups: ['admins'],
      affiliations: [
        { unit: 'f-law', role: 'student', from: startInstant - days(9) },
        { unit: 'f-science', role: 'staff', from: startInstant - days(9), until: startInstant },
        { unit: 'f-letters', role: 'faculty', from: startInstant + 1 },
      ],
    });
    expect(policySubject(person, sampleAccount(), startInstant)).toEqual({
      roles: ['student', 'member'],
      units: ['f-law'],
      groups: ['admins'],
      accountKind: 'ecs',
    });
  });
});
