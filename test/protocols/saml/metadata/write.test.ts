import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { days } from '../../../../src/base/duration.ts';
import type { Config } from '../../../../src/config/schema.ts';
import type { RingKey } from '../../../../src/core/keys/ring.ts';
import { type Describing, describeSelf } from '../../../../src/protocols/saml/metadata/describe.ts';
import { writeMetadata } from '../../../../src/protocols/saml/metadata/write.ts';
import { childrenNamed, type XmlElement } from '../../../../src/protocols/saml/xml/element.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { testConfig } from '../../../support/sekisho.ts';

const folder = mkdtempSync(join(tmpdir(), 'sekisho-metadata-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = Date.parse('2026-04-10T08:00:00Z');
const configWith = (metadata: Partial<Config['saml']['metadata']> = {}): Config => {
  const config = testConfig(folder);
  const server = { ...config.server, issuer: 'https://login.example.ac.jp' };
  return { ...config, server, saml: { ...config.saml, metadata: { ...config.saml.metadata, ...metadata } } };
};

const key = (id: string, state: RingKey['state'], algorithm: RingKey['algorithm'] = 'RS256', since = 0): RingKey => ({
  id,
  use: 'saml-signing',
  algorithm,
  state,
  createdAt: since,
  since,
  serial: Number(id.split('-').at(-1)),
  sealed: '',
  certificate: { der: `der of ${id}`, endsAt: now },
});

const keys = [
  key('rs-1', 'retiring', 'RS256', now - days(60)),
  key('rs-2', 'retiring', 'RS256', now - days(29)),
  key('rs-4', 'next'),
  key('rs-3', 'active'),
  key('rs-0', 'gone'),
  key('es-1', 'active', 'ES256'),
];

function written(wishes: Partial<Describing> = {}): XmlElement {
  const description = describeSelf({ config: configWith(), keys, now, endpoints: [], ...wishes });
  return parseXml(writeMetadata(description, '_a')).root;
}

const md = 'urn:oasis:names:tc:SAML:2.0:metadata';
const roleIn = (root: XmlElement) => childrenNamed(root, md, 'IDPSSODescriptor')[0];
const namesOf = (element: XmlElement | undefined) => [...new Set(element?.children.map(({ name }) => name))];
const textsOf = (element: XmlElement | undefined): readonly string[] =>
  element ? [element.text, ...element.children.flatMap(textsOf)].filter((text) => text !== '') : [];
const certificatesIn = (root: XmlElement, use = 'signing') =>
  childrenNamed(roleIn(root) ?? root, md, 'KeyDescriptor')
    .filter(({ attributes }) => attributes.use === use)
    .flatMap(textsOf);
const pinning = (saml: object) => ({ saml }) as unknown as NonNullable<Describing['connection']>;

describe('our metadata', () => {
  it('has its parts in the order of the schema', () => {
    const root = written({
      config: configWith({
        contacts: [{ kind: 'technical', name: 'Help', mail: 'help@example.ac.jp' }],
        assuranceCertifications: ['https://refeds.org/sirtfi'],
      }),
      endpoints: [
        { kind: 'signOn', binding: 'redirect', path: '/saml/sso' },
        { kind: 'logout', binding: 'post', path: '/saml/slo' },
        { kind: 'artifact', binding: 'soap', path: '/saml/artifact' },
      ],
    });
    expect(namesOf(root)).toEqual(['Extensions', 'IDPSSODescriptor', 'Organization', 'ContactPerson']);
    expect(namesOf(roleIn(root))).toEqual([
      'Extensions',
      'KeyDescriptor',
      'ArtifactResolutionService',
      'SingleLogoutService',
      'NameIDFormat',
      'SingleSignOnService',
    ]);
    expect(roleIn(root)?.children.find(({ name }) => name === 'SingleLogoutService')?.attributes).toEqual({
      Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
      Location: 'https://login.example.ac.jp/saml/slo',
    });
  });

  it('announces nothing that is not served', () => {
    expect(namesOf(roleIn(written()))).toEqual(['Extensions', 'KeyDescriptor', 'NameIDFormat']);
  });

  it('says until when it is good, and for how long it may be kept', () => {
    expect(written().attributes).toEqual({
      ID: '_a',
      entityID: 'https://login.example.ac.jp/saml/metadata',
      validUntil: '2026-04-24T08:00:00.000Z',
      cacheDuration: 'PT21600S',
    });
  });

  it('names the keys of RSA that sign, will sign and have just signed, in this order', () => {
    expect(certificatesIn(written())).toEqual(['der of rs-3', 'der of rs-4', 'der of rs-2']);
    expect(certificatesIn(written({ config: configWith({ announcesEcdsa: true }) }))).toEqual([
      'der of rs-3',
      'der of rs-4',
      'der of rs-2',
      'der of es-1',
    ]);
  });

  it('names the active key of RSA to encrypt to, whatever signs', () => {
    expect(certificatesIn(written(), 'encryption')).toEqual(['der of rs-3']);
    const ec = pinning({ signatureAlgorithm: 'ecdsa-sha256' });
    expect(certificatesIn(written({ connection: ec }), 'encryption')).toEqual(['der of rs-3']);
    const descriptor = childrenNamed(roleIn(written()) ?? written(), md, 'KeyDescriptor').at(-1);
    expect(descriptor?.children.map(({ name, attributes }) => attributes.Algorithm ?? name)).toEqual([
      'KeyInfo',
      'http://www.w3.org/2009/xmlenc11#aes256-gcm',
      'http://www.w3.org/2009/xmlenc11#aes128-gcm',
      'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    ]);
  });

  it('tells a service that pins a key of that alone, one with ECDSA of that, and each by its own name for us', () => {
    const pinned = written({
      connection: pinning({ pinnedKey: 'rs-1', signatureAlgorithm: 'rsa-sha256', issuer: 'urn:kyoto' }),
    });
    expect(certificatesIn(pinned)).toEqual(['der of rs-1']);
    expect(pinned.attributes.entityID).toBe('urn:kyoto');
    expect(certificatesIn(written({ connection: pinning({ signatureAlgorithm: 'ecdsa-sha256' }) }))).toEqual([
      'der of es-1',
    ]);
    const gone = pinning({ pinnedKey: 'rs-0', signatureAlgorithm: 'rsa-sha256' });
    expect(certificatesIn(written({ connection: gone }))).toContain('der of rs-3');
  });

  it('shows people the university in both languages, its scopes and its way out of trouble', () => {
    const role = roleIn(
      written({
        config: configWith({
          scopes: ['med.kyoto-u.ac.jp'],
          errorUrl: 'https://www.example.ac.jp/error',
          organizationUrl: { ja: 'https://www.example.ac.jp/', en: 'https://www.example.ac.jp/en' },
        }),
      }),
    );
    expect(role?.attributes).toEqual({
      WantAuthnRequestsSigned: 'false',
      errorURL: 'https://www.example.ac.jp/error',
      protocolSupportEnumeration: 'urn:oasis:names:tc:SAML:2.0:protocol',
    });
    const [extensions] = role?.children ?? [];
    expect(namesOf(extensions)).toEqual(['Scope', 'UIInfo']);
    expect(textsOf(extensions)).toEqual([
      'kyoto-u.ac.jp',
      'med.kyoto-u.ac.jp',
      '京都大学',
      'Kyoto University',
      'https://www.example.ac.jp/',
      'https://www.example.ac.jp/en',
    ]);
    expect(extensions?.children[0]?.attributes.regexp).toBe('false');
  });

  it('has a logo with its size, and none whose size nobody knows', () => {
    const logoOf = (svg: string) => {
      const logo = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
      const config = configWith();
      const root = written({ config: { ...config, university: { ...config.university, logo } } });
      return roleIn(root)
        ?.children[0]?.children.at(-1)
        ?.children.find(({ name }) => name === 'Logo')?.attributes;
    };
    expect(logoOf('<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40px"/>')).toEqual({
      width: '120',
      height: '40',
    });
    expect(logoOf('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64.4 32"/>')).toEqual({
      width: '64',
      height: '32',
    });
    expect(logoOf('<svg xmlns="http://www.w3.org/2000/svg"/>')).toBeUndefined();
  });

  it('says whom to write to, security incidents as REFEDS has it', () => {
    const contacts = [
      { kind: 'support', name: 'Help desk', mail: 'help@example.ac.jp' },
      { kind: 'security', name: 'CSIRT', mail: 'csirt@example.ac.jp' },
    ] as const;
    const [support, security] = childrenNamed(
      written({ config: configWith({ contacts: [...contacts] }) }),
      md,
      'ContactPerson',
    );
    expect(support?.attributes).toEqual({ contactType: 'support' });
    expect(textsOf(support)).toEqual(['Help desk', 'mailto:help@example.ac.jp']);
    expect(security?.attributes).toEqual({
      contactType: 'other',
      '{http://refeds.org/metadata}contactType': 'http://refeds.org/metadata/contactType/security',
    });
  });

  it('names the algorithms that it verifies, since Shibboleth signs with SHA-1 where nothing is named', () => {
    const named = (name: string) =>
      written()
        .children[0]?.children.filter((one) => one.name === name && one.namespace.endsWith(':algsupport'))
        .map(({ attributes }) => attributes.Algorithm);
    expect(named('DigestMethod')?.[0]).toBe('http://www.w3.org/2001/04/xmlenc#sha256');
    expect(named('SigningMethod')?.[0]).toBe('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256');
    expect([...(named('DigestMethod') ?? []), ...(named('SigningMethod') ?? [])].join()).not.toContain('sha1');
  });

  it('names the categories that it supports and the frameworks that it keeps to', () => {
    const root = written({
      config: configWith({
        entityCategories: ['https://refeds.org/category/personalized'],
        assuranceCertifications: ['https://refeds.org/sirtfi', 'https://refeds.org/sirtfi2'],
      }),
    });
    const attributes = root.children[0]?.children[0]?.children ?? [];
    expect(attributes.map(({ attributes: { Name } }) => Name)).toEqual([
      'http://macedir.org/entity-category-support',
      'urn:oasis:names:tc:SAML:attribute:assurance-certification',
    ]);
    expect(attributes.map(textsOf)).toEqual([
      ['https://refeds.org/category/personalized'],
      ['https://refeds.org/sirtfi', 'https://refeds.org/sirtfi2'],
    ]);
  });
});
