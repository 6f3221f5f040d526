import { describe, expect, it } from '@jest/globals';
import { readAttribute } from '../../src/core/attributes/readers.ts';
import { pseudonymUnder } from '../../src/core/keys/pseudonym.ts';
import { configuredAttributes } from '../../src/login/configured-attributes.ts';
import { pairwiseRing } from '../core/attributes/sample-attributes.ts';
import { sampleAccount, samplePerson, startInstant } from '../core/sample-records.ts';
import { testConfig } from '../support/sekisho.ts';

const subject = { person: samplePerson({ groups: ['exam-board'] }), account: sampleAccount() };
const reading = { now: startInstant, locale: 'ja' } as const;

describe('configuredAttributes', () => {
  const config = testConfig('/nowhere', {
    SEKISHO__ATTRIBUTES__ENTITLEMENTS: '[{ uri: "urn:mace:dir:entitlement:common-lib-terms", roles: [student] }]',
    SEKISHO__ATTRIBUTES__ASSURANCE__EVERYBODY: '[https://refeds.org/assurance]',
    SEKISHO__ATTRIBUTES__GROUPPREFIX: 'urn:mace:kyoto-u.ac.jp:group:',
  });
  const attributes = configuredAttributes(config, () => pseudonymUnder(pairwiseRing()));

  it.each([
    ['homeOrganization', 'kyoto-u.ac.jp'],
    ['organization', 'Kyoto University'],
    ['jaOrganization', '京都大学'],
    ['jaOrganizationalUnit', ['工学部']],
    ['entitlement', ['urn:mace:dir:entitlement:common-lib-terms']],
    ['assurance', ['https://refeds.org/assurance']],
    ['groups', ['urn:mace:kyoto-u.ac.jp:group:exam-board']],
  ])('reads %s from what the university configured', (name, value) => {
    const definition = attributes.definitions.get(name);
    expect(definition && readAttribute(definition, attributes.sourceOf(subject, reading))).toEqual(value);
  });

  it('asks for the key of pseudonyms each time, since the ring is read again', () => {
    let fill = 1;
    const turning = configuredAttributes(config, () => pseudonymUnder(pairwiseRing(fill)));
    const nameOf = () => turning.sourceOf(subject, reading).pseudonym('account-1', 'here').toString('hex');
    const before = nameOf();
    fill = 2;
    expect(nameOf()).not.toBe(before);
  });
});
