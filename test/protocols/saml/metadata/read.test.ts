import { beforeAll, describe, expect, it } from '@jest/globals';
import type { SamlFacts } from '../../../../src/core/connections/saml/facts.ts';
import { readMetadata, type Wanted } from '../../../../src/protocols/saml/metadata/read.ts';
import { adfs, groupOf, makeCertificate, mellon, microsoft, shibboleth, simpleSaml } from './sample-metadata.ts';

let certificate: string;
let other: string;
beforeAll(async () => {
  [certificate, other] = await Promise.all([makeCertificate(), makeCertificate()]);
});

const read = (xml: string, wanted?: Wanted) => readMetadata(Buffer.from(xml), wanted);
const factsIn = (xml: string, wanted?: Wanted): SamlFacts => {
  const found = read(xml, wanted);
  if (!found.ok) throw new Error(found.problem);
  return found.facts;
};
const problemIn = (xml: string, wanted?: Wanted): string => {
  const found = read(xml, wanted);
  return found.ok ? 'none' : found.problem;
};

describe('readMetadata', () => {
  it('reads a Shibboleth SP, and tells which bindings are of no use here', () => {
    expect(factsIn(shibboleth(certificate))).toEqual({
      entityId: 'https://sp.example.ac.jp/shibboleth',
      consumers: [
        { url: 'https://sp.example.ac.jp/Shibboleth.sso/SAML2/POST', binding: 'post', index: 1 },
        { url: 'https://sp.example.ac.jp/Shibboleth.sso/SAML2/Artifact', binding: 'artifact', index: 3 },
      ],
      logout: [
        { binding: 'soap', url: 'https://sp.example.ac.jp/Shibboleth.sso/SLO/SOAP' },
        { binding: 'redirect', url: 'https://sp.example.ac.jp/Shibboleth.sso/SLO/Redirect' },
        { binding: 'post', url: 'https://sp.example.ac.jp/Shibboleth.sso/SLO/POST' },
      ],
      signingCertificates: [certificate],
      encryptionCertificates: [certificate],
      cipher: 'aes256-gcm',
      signsRequests: false,
      wantsSignedAssertions: false,
      nameIds: [],
      subjectIdentifier: 'none',
      entityCategories: [],
      requestedAttributes: [],
      self: {},
      remarks: [
        'it has addresses for responses by bindings that are not used here: urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST-SimpleSign, urn:oasis:names:tc:SAML:2.0:bindings:PAOS',
        'it has addresses for logout by bindings that are not used here: urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact',
      ],
    });
  });

  it('reads SimpleSAMLphp: what it asks for, how it calls itself, and when it ends', () => {
    expect(factsIn(simpleSaml(certificate))).toMatchObject({
      entityId: 'https://ssp.example.ac.jp/module.php/saml/sp/metadata.php/default-sp',
      validUntil: Date.parse('2026-04-17T08:00:00Z'),
      consumers: [{ binding: 'post', index: 0 }],
      signsRequests: true,
      wantsSignedAssertions: true,
      nameIds: ['email', 'transient'],
      subjectIdentifier: 'pairwise-id',
      entityCategories: ['https://refeds.org/category/code-of-conduct/v2'],
      requestedAttributes: [
        { name: 'urn:oid:0.9.2342.19200300.100.1.3', friendlyName: 'mail', isRequired: true },
        { name: 'urn:oid:2.16.840.1.113730.3.1.241', friendlyName: 'displayName', isRequired: false },
        { name: 'urn:example:shoe-size', isRequired: false },
      ],
      self: {
        name: { ja: '演習の提出', en: 'Assignments' },
        description: { en: 'Where exercises are handed in' },
        privacyUrl: { en: 'https://ssp.example.ac.jp/privacy' },
      },
    });
  });

  it('reads mod_auth_mellon, whose elements have no prefix', () => {
    expect(factsIn(mellon(certificate))).toMatchObject({
      entityId: 'https://wiki.example.ac.jp/mellon/metadata',
      consumers: [
        { url: 'https://wiki.example.ac.jp/mellon/postResponse', binding: 'post', index: 0, isDefault: true },
        { url: 'https://wiki.example.ac.jp/mellon/artifactResponse', binding: 'artifact', index: 1 },
      ],
      signingCertificates: [certificate],
      encryptionCertificates: [],
      remarks: [],
    });
  });

  it('reads AD FS, with both keys of its rollover and nothing of its other roles', () => {
    expect(factsIn(adfs({ old: certificate, next: other }))).toMatchObject({
      entityId: 'http://fs.example.ac.jp/adfs/services/trust',
      signingCertificates: [certificate, other],
      encryptionCertificates: [certificate],
      nameIds: ['email', 'persistent', 'transient'],
      signsRequests: false,
    });
  });

  it('reads Microsoft, and names the format that nobody has', () => {
    expect(factsIn(microsoft(certificate))).toMatchObject({
      entityId: 'urn:federation:MicrosoftOnline',
      consumers: [{ url: 'https://login.microsoftonline.com/login.srf', binding: 'post', index: 0, isDefault: true }],
      logout: [{ binding: 'post', url: 'https://login.microsoftonline.com/login.srf' }],
      nameIds: ['email', 'unspecified', 'persistent'],
      remarks: [
        'it has addresses for responses by bindings that are not used here: urn:oasis:names:tc:SAML:2.0:bindings:PAOS',
        'it names formats of identifiers that do not exist here: urn:mace:shibboleth:1.0:nameIdentifier',
      ],
    });
  });

  it('takes the one that is named out of a group, and its end with it', () => {
    const group = groupOf([shibboleth(certificate), simpleSaml(certificate)], ' validUntil="2026-04-12T00:00:00Z"');
    expect(factsIn(group, { entityId: 'https://sp.example.ac.jp/shibboleth' }).validUntil).toBe(
      Date.parse('2026-04-12'),
    );
    expect(problemIn(group)).toMatch(/^holds 2 entities; write under entityId which is meant: https:\/\/sp\.example/);
    expect(problemIn(group, { entityId: 'https://nobody.example' })).toMatch(
      /^does not hold https:\/\/nobody\.example; it holds/,
    );
    const twice = groupOf([shibboleth(certificate), shibboleth(certificate)]);
    expect(problemIn(twice, { entityId: 'https://sp.example.ac.jp/shibboleth' })).toContain('more than once');
    expect(factsIn(groupOf([groupOf([mellon(certificate)])])).entityId).toBe(
      'https://wiki.example.ac.jp/mellon/metadata',
    );
  });

  it.each([
    ['no XML', 'metadata: none', /^is no well-formed XML/],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /^holds XML that is not accepted/],
    ['another document', '<a/>', /^holds no EntityDescriptor/],
    ['the page of a login', '<!DOCTYPE html>\n<html><p>Sign in</p></html>', /^is a web page, and no metadata/],
    ['a page without more', '\ufeff\n<HTML lang="ja">', /^is a web page, and no metadata/],
    ['nothing', ' \n', /^is empty/],
    [
      'an identity provider',
      '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:idp"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"/></EntityDescriptor>',
      /^urn:idp is no service of SAML 2\.0/,
    ],
    [
      'a service of SAML 1.1',
      '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:old"><SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:1.1:protocol"/></EntityDescriptor>',
      /^urn:old is no service of SAML 2\.0/,
    ],
    [
      'an entity without a name',
      '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>',
      /without an entityID/,
    ],
  ])('says what is wrong with %s', (_, xml, words) => {
    expect(problemIn(xml)).toMatch(words);
  });

  it('says what of a key it cannot use', () => {
    const bare = mellon(certificate).replace(/<ds:X509Data>[\s\S]*<\/ds:X509Data>/, '<ds:KeyName>sp</ds:KeyName>');
    expect(factsIn(bare)).toMatchObject({
      signingCertificates: [],
      remarks: ['1 of its keys are not written as certificates, and are not used'],
    });
    const old = shibboleth(certificate).replaceAll(/<md:EncryptionMethod Algorithm="[^"]*gcm"\/>/g, '');
    expect(factsIn(old).remarks[0]).toContain('AES-CBC only');
  });

  it('believes only what the given certificate has signed', () => {
    expect(problemIn(mellon(certificate), { signedBy: certificate })).toMatch(/^is not signed: /);
  });
});
