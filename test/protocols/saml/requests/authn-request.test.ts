import { describe, expect, it } from '@jest/globals';
import { readAuthnRequest } from '../../../../src/protocols/saml/requests/authn-request.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { refusalOf } from '../refused.ts';
import { type RequestWishes, requestedContext, sampleRequest, subjectNamed } from '../sample-request.ts';

const read = (wishes: RequestWishes) => readAuthnRequest(parseXml(sampleRequest(wishes)).root);
const at = Date.UTC(2026, 3, 10, 8);

const policy = '<samlp:NameIDPolicy AllowCreate="true"/>';
const conditions = '<saml:Conditions/>';
const scoping = '<samlp:Scoping/>';

describe('readAuthnRequest', () => {
  it('reads the least that there may be', () => {
    expect(read({ at })).toEqual({
      id: '_request1',
      issueInstant: at,
      issuer: 'https://kumoi.example/metadata',
      force: false,
      passive: false,
      hasSignature: false,
    });
  });

  it('reads everything there may be, in the order of the schema', () => {
    const request = read({
      at,
      attributes: {
        Destination: 'https://idp.example/saml/sso',
        Consent: 'urn:oasis:names:tc:SAML:2.0:consent:unspecified',
        ForceAuthn: '1',
        IsPassive: 'true',
        ProtocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
        AssertionConsumerServiceURL: 'https://kumoi.example/acs',
        AttributeConsumingServiceIndex: '1',
        ProviderName: 'KUMOI',
      },
      extensions: '<samlp:Extensions><x:any xmlns:x="urn:x" y="z">what <x:they/> like</x:any></samlp:Extensions>',
      after: `${subjectNamed('a0123456')}<samlp:NameIDPolicy Format="urn:f" SPNameQualifier="urn:q" AllowCreate="1"/><saml:Conditions NotBefore="2026-04-10T07:00:00Z" NotOnOrAfter="2026-04-10T09:00:00Z"><saml:AudienceRestriction><saml:Audience>urn:a</saml:Audience></saml:AudienceRestriction></saml:Conditions>${requestedContext(['urn:1', 'urn:2'], 'minimum')}<samlp:Scoping ProxyCount="0"><samlp:IDPList><samlp:IDPEntry ProviderID="urn:idp"/></samlp:IDPList><samlp:RequesterID>urn:r1</samlp:RequesterID><samlp:RequesterID>urn:r2</samlp:RequesterID></samlp:Scoping>`,
    });
    expect(request).toEqual({
      id: '_request1',
      issueInstant: at,
      issuer: 'https://kumoi.example/metadata',
      destination: 'https://idp.example/saml/sso',
      consumerUrl: 'https://kumoi.example/acs',
      protocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
      force: true,
      passive: true,
      subject: { format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified', value: 'a0123456' },
      nameIdPolicy: { format: 'urn:f', spNameQualifier: 'urn:q', allowCreate: true },
      conditions: { notBefore: at - 3_600_000, notOnOrAfter: at + 3_600_000, restrictions: [['urn:a']], others: [] },
      context: { comparison: 'minimum', names: ['urn:1', 'urn:2'] },
      scoping: { providers: ['urn:idp'] },
      hasSignature: false,
    });
  });

  it('reads an Issuer with its line broken', () => {
    expect(read({ issuer: '\n  https://kumoi.example/metadata\n' }).issuer).toBe('https://kumoi.example/metadata');
  });

  it('reads a wish for declarations as one, to be refused where that can be told', () => {
    const declared =
      '<samlp:RequestedAuthnContext><saml:AuthnContextDeclRef>urn:d</saml:AuthnContextDeclRef></samlp:RequestedAuthnContext>';
    expect(read({ after: declared }).context).toEqual({ comparison: 'exact', names: [], isDeclared: true });
  });

  it.each([
    ['BaseID', '<saml:BaseID/>'],
    ['EncryptedID', '<saml:EncryptedID/>'],
    [
      'SubjectConfirmation',
      '<saml:NameID>a</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"/>',
    ],
  ])('reads %s in Subject as what cannot be done', (unsupported, inside) => {
    expect(read({ after: `<saml:Subject>${inside}</saml:Subject>` }).subject).toMatchObject({ unsupported });
  });

  it.each<[string, RequestWishes]>([
    ['an element that stands before what it follows', { after: `${conditions}${policy}` }],
    ['an element twice', { after: `${policy}${policy}` }],
    ['an element of its own', { after: '<x:y xmlns:x="urn:x"/>' }],
    ['a known name of another namespace', { after: '<saml:NameIDPolicy/>' }],
    ['text between elements', { after: `${policy}text` }],
    ['an Issuer at the end', { after: `${scoping}<saml:Issuer>urn:b</saml:Issuer>` }],
    ['no Issuer that says anything', { issuer: '' }],
    ['an Issuer longer than a name may be', { issuer: `urn:${'a'.repeat(1021)}` }],
    ['an attribute of its own', { attributes: { AcsUrl: 'https://kumoi.example/acs' } }],
    ['no ID', { attributes: { ID: undefined } }],
    ['an ID that is no identifier', { id: '1 2' }],
    ['an ID that fills a store', { id: `_${'a'.repeat(256)}` }],
    ['no IssueInstant', { attributes: { IssueInstant: undefined } }],
    ['an IssueInstant in another time zone', { attributes: { IssueInstant: '2026-04-10T17:00:00+09:00' } }],
    ['an IssueInstant that no calendar has', { attributes: { IssueInstant: '2026-13-10T17:00:00Z' } }],
    ['a ForceAuthn that is neither true nor false', { attributes: { ForceAuthn: 'yes' } }],
    ['an IsPassive that is neither true nor false', { attributes: { IsPassive: '' } }],
    ['an index that is no number', { attributes: { AssertionConsumerServiceIndex: '-1' } }],
    ['an index beyond its type', { attributes: { AssertionConsumerServiceIndex: '65536' } }],
    [
      'an index and a URL',
      { attributes: { AssertionConsumerServiceIndex: '0', AssertionConsumerServiceURL: 'https://kumoi.example/acs' } },
    ],
    ['an empty Destination', { attributes: { Destination: '' } }],
    ['a Comparison that there is not', { after: requestedContext(['urn:1'], 'best') }],
    ['no class in RequestedAuthnContext', { after: requestedContext([]) }],
    [
      'more classes than anybody needs',
      { after: requestedContext(Array.from({ length: 21 }, (_, at) => `urn:${at}`)) },
    ],
    ['a class that fills a store', { after: requestedContext([`urn:${'a'.repeat(253)}`]) }],
    ['an empty IDPList', { after: '<samlp:Scoping><samlp:IDPList/></samlp:Scoping>' }],
    ['a ProxyCount that is no number', { after: '<samlp:Scoping ProxyCount="-1"/>' }],
    ['a Subject without a name', { after: '<saml:Subject/>' }],
    ['an empty NameID', { after: subjectNamed('') }],
    ['a format that fills a store', { after: subjectNamed('a', `urn:${'a'.repeat(1021)}`) }],
    ['a NameID with an element inside', { after: subjectNamed('a<saml:b/>') }],
  ])('refuses %s', (_what, wishes) => {
    expect(refusalOf(() => read(wishes))).toBe('message_invalid');
  });

  it('refuses another version before it looks at anything else', () => {
    expect(refusalOf(() => read({ attributes: { Version: '1.1' }, after: '<x:y xmlns:x="urn:x"/>' }))).toBe(
      'version_unsupported',
    );
  });

  it('refuses a message of another kind', () => {
    const { root } = parseXml(sampleRequest().replaceAll('AuthnRequest', 'LogoutRequest'));
    expect(refusalOf(() => readAuthnRequest(root))).toBe('message_invalid');
  });
});
