import { describe, expect, it } from '@jest/globals';
import { complaintsOf, configOf, loadBeside } from '../load-text.ts';

const rules = (...written: readonly string[]) => `policy: { rules: [${written.join(', ')}] }`;
const rule = (when: string, rest = 'level: mfa') => `{ name: a-rule, when: { ${when} }, ${rest} }`;

describe('the policy', () => {
  it('demands nothing unless it says so', () => {
    expect(configOf(loadBeside('')).policy).toEqual({ rules: [] });
  });

  it.each([
    rule(''),
    '{ name: everywhere, level: mfa }',
    rule('roles: [student], accountKinds: [member], units: [f-law], groups: [admins], newDevice: true'),
    rule('outsideNetworks: [10.0.0.0/8, "2001:db8::/32"], networks: [192.0.2.0/24]'),
    rule('networks: [10.0.0.0/8, 192.0.2.0/24], outsideNetworks: [10.0.0.0/16]'),
    rule('stages: [test], connections: [not-yet-there]', 'level: phishing-resistant, trustedBrowser: policy'),
  ])('takes %s', (written) => {
    const units = 'units: { f-law: { name: { ja: 法学部, en: Law } } }';
    expect(complaintsOf(loadBeside(`${units}\n${rules(written)}`))).toEqual([]);
  });

  it.each([
    [rule('roles: []'), 'policy.rules[0].when.roles'],
    [rule('connections: []'), 'policy.rules[0].when.connections'],
    [rule('networks: []'), 'policy.rules[0].when.networks'],
    [rule('networks: [campus]'), 'policy.rules[0].when.networks[0]'],
    [rule('newDevice: false'), 'policy.rules[0].when.newDevice'],
    [rule('role: [student]'), 'policy.rules[0].when.role: '],
    [rule('', 'level: mfaa'), 'policy.rules[0].level'],
    [
      rule('outsideNetworks: ["0.0.0.0/0"]'),
      'policy.rules[0].when.outsideNetworks[0]: a network of all addresses is no condition',
    ],
    [
      rule('accountKinds: [memebr]'),
      'policy.rules[0].when.accountKinds[0]: there is no kind of account memebr; did you mean member?',
    ],
    [rule('units: [f-law]'), 'policy.rules[0].when.units[0]: there is no unit f-law'],
    [
      rule('networks: [10.0.0.0/8], outsideNetworks: [10.0.0.0/8]'),
      'policy.rules[0].when.networks: lie in outsideNetworks',
    ],
    [
      rule('networks: [10.1.0.0/16, 10.2.0.0/16], outsideNetworks: [10.0.0.0/8]'),
      'policy.rules[0].when.networks: lie in outsideNetworks, so that the rule could never hold',
    ],
    [
      rule('newDevice: true', 'level: phishing-resistant'),
      'policy.rules[0].when.newDevice: goes with the level mfa alone',
    ],
    [rule('newDevice: true', 'level: sfa'), 'policy.rules[0].when.newDevice: goes with the level mfa alone'],
    [
      rule('', 'level: sfa, trustedBrowser: policy'),
      'policy.rules[0].trustedBrowser: policy needs a level that takes a second factor',
    ],
  ])('refuses %s', (written, complaint) => {
    expect(complaintsOf(loadBeside(rules(written)))).toEqual([expect.stringContaining(complaint)]);
  });

  it('refuses a second rule of the same name', () => {
    expect(complaintsOf(loadBeside(rules(rule(''), rule('newDevice: true'))))).toEqual([
      'policy.rules[1].name: a-rule is policy.rules[0] already',
    ]);
  });
});
