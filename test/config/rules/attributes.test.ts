import { describe, expect, it } from '@jest/globals';
import { pathText } from '../../../src/base/document/problem.ts';
import { checkAttributes } from '../../../src/config/rules/attributes.ts';
import type { AcceptedPart } from '../../../src/config/schema.ts';

type Attributes = NonNullable<AcceptedPart['attributes']>;
const presets = ['eduperson', 'schac', 'gakunin'] as const;
const label = { ja: '部屋', en: 'Room' };
const constant = { source: 'constant', label, values: ['E-1'] } as const;
const places: AcceptedPart = {
  units: { 'f-law': { name: label } },
  accounts: { kinds: { ecs: {} } },
};

const complaints = (attributes: Attributes, rest: AcceptedPart = places) =>
  checkAttributes({ ...rest, attributes: { presets, ...attributes } }).map(
    ({ path, message }) => `${pathText(path)}: ${message}`,
  );
const ofRoom = (room: NonNullable<NonNullable<Attributes['definitions']>[string]>) =>
  complaints({ definitions: { room } }).map((complaint) => complaint.replace('attributes.definitions.room', 'room'));

describe('checkAttributes', () => {
  it('has nothing to say of the presets, nor of a definition of its own kind', () => {
    expect(complaints({})).toEqual([]);
    expect(ofRoom({ ...constant, claim: 'room', scope: 'campus', saml: { name: 'room', format: 'basic' } })).toEqual(
      [],
    );
    expect(checkAttributes({})).toEqual([]);
  });

  it('lets a definition of the university’s own take the place and the names of one of a preset', () => {
    const definitions = {
      mail: {
        ...constant,
        claim: 'email',
        scope: 'email',
        saml: { name: 'urn:oid:0.9.2342.19200300.100.1.3', format: 'uri' },
      },
    } as const;
    expect(complaints({ definitions })).toEqual([]);
  });

  it.each([
    [
      'a constant without values',
      { source: 'constant', label },
      'room.values: is missing: a constant has at least one',
    ],
    ['values that lie unused', { ...constant, source: 'mail' }, 'room.values: is not used with the source mail'],
    ['a scope that asks for nothing', { ...constant, scope: 'campus' }, 'room.scope: is not used without a claim'],
    ['who somebody is', { ...constant, claim: 'sub' }, 'room.claim: sub is a claim of the protocol itself'],
    [
      'the same with a language',
      { ...constant, claim: 'sub#ja' },
      'room.claim: sub#ja is a claim of the protocol itself',
    ],
    [
      'that an address is proven',
      { ...constant, claim: 'email_verified' },
      'room.claim: email_verified is a claim of the protocol itself',
    ],
    [
      'a scope of the protocol',
      { ...constant, claim: 'room', scope: 'openid' },
      'room.scope: openid is a scope of the protocol itself',
    ],
    [
      'a subject identifier',
      { ...constant, saml: { name: 'urn:oasis:names:tc:SAML:attribute:pairwise-id', format: 'uri' } },
      'room.saml.name: is told to services whose connection has it as subjectIdentifier',
    ],
    [
      'a claim of a preset’s',
      { ...constant, claim: 'email', scope: 'email' },
      'room.claim: email is that of mail already',
    ],
    [
      'a claim called as a scope is',
      { ...constant, claim: 'profile' },
      'room.claim: profile is a scope, so that nobody could ask for the claim alone',
    ],
    [
      'a name of a preset’s',
      { ...constant, saml: { name: 'urn:oid:2.5.4.4', format: 'uri' } },
      'room.saml.name: urn:oid:2.5.4.4 is that of familyName already',
    ],
  ] as const)('finds %s', (_what, definition, complaint) => {
    expect(ofRoom(definition)).toEqual([complaint]);
  });

  it('finds two of the university’s own under one name, also without the presets', () => {
    const saml = { name: 'room', format: 'basic' } as const;
    expect(
      complaints({ presets: [], definitions: { room: { ...constant, saml }, hall: { ...constant, saml } } }),
    ).toEqual([
      'attributes.definitions.room.saml.name: room is that of hall already',
      'attributes.definitions.hall.saml.name: room is that of room already',
    ]);
  });

  it('finds an entitlement of people whom there are not', () => {
    const uri = 'urn:mace:dir:entitlement:common-lib-terms';
    expect(complaints({ entitlements: [{ uri, units: ['f-lwa', 'f-law'], accountKinds: ['sps'] }] })).toEqual([
      'attributes.entitlements[0].units[0]: there is no unit f-lwa; did you mean f-law?',
      'attributes.entitlements[0].accountKinds[0]: there is no kind of account sps',
    ]);
    // What is refused itself is not known to lack anything.
    expect(complaints({ entitlements: [{ uri, units: ['f-lwa'] }] }, {})).toEqual([]);
  });

  it('finds a value of the assurance framework without what must stand beside it', () => {
    const ial = 'https://refeds.org/assurance/IAP/medium';
    expect(complaints({ assurance: { inPerson: [ial] } })).toEqual([
      'attributes.assurance.everybody: lacks https://refeds.org/assurance, which stands beside all others of REFEDS',
    ]);
    expect(complaints({ assurance: { everybody: ['https://refeds.org/assurance'], inPerson: [ial] } })).toEqual([]);
    expect(complaints({ assurance: { inPerson: ['https://www.gakunin.jp/profile/IAL2'] } })).toEqual([]);
  });
});
