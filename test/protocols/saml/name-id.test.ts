import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../../src/base/ids.ts';
import type { AttributeDefinition } from '../../../src/core/attributes/definition.ts';
import type { AttributeSource } from '../../../src/core/attributes/source.ts';
import type { NameIdKind, SamlSettings } from '../../../src/core/connections/saml-settings.ts';
import { type NameIdWish, nameIdFor, nameIdKindFor, nameIdXml } from '../../../src/protocols/saml/name-id.ts';
import { nameIdFormats } from '../../../src/protocols/saml/names.ts';
import { SamlRefusal } from '../../../src/protocols/saml/refusal.ts';
import { write } from '../../../src/protocols/saml/xml/write.ts';
import { sampleAttributes, sampleSource } from '../../core/attributes/sample-attributes.ts';
import { sampleSamlConnection } from '../../core/connections/sample-saml-connection.ts';
import { sampleAccount, samplePerson } from '../../core/sample-records.ts';

const issuer = 'https://authidp1.example/idp/shibboleth';
const entityId = 'https://sp.example/shibboleth';

function refusalOf(act: () => unknown): { readonly reason: string; readonly status: unknown } {
  try {
    act();
  } catch (error) {
    if (error instanceof SamlRefusal) return { reason: error.reason, status: error.status };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('nameIdKindFor', () => {
  const kindFor = (wish: NameIdWish | undefined, nameIds: readonly NameIdKind[] = ['transient', 'persistent']) =>
    nameIdKindFor(sampleSamlConnection({ saml: { nameIds } }), wish);

  it.each<[string, NameIdWish | undefined, NameIdKind]>([
    ['the first, where nothing is asked for', undefined, 'transient'],
    ['the first, where no format is', {}, 'transient'],
    ['the first, where the format is called unspecified', { format: nameIdFormats.unspecified }, 'transient'],
    ['what is asked for', { format: nameIdFormats.persistent }, 'persistent'],
    [
      'what is asked for in the service’s own name space',
      { format: nameIdFormats.persistent, spNameQualifier: entityId },
      'persistent',
    ],
  ])('is %s', (_what, wish, kind) => {
    expect(kindFor(wish)).toBe(kind);
  });

  it.each<[string, NameIdWish]>([
    ['a format that the connection may not be given', { format: nameIdFormats.email }],
    ['a format that there is not', { format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos' }],
    ['that of entities', { format: nameIdFormats.entity }],
    [
      'the name that another service knows',
      { format: nameIdFormats.persistent, spNameQualifier: 'https://other.example/' },
    ],
  ])('refuses %s', (_what, wish) => {
    expect(refusalOf(() => kindFor(wish))).toEqual({
      reason: 'name_id_refused',
      status: { top: 'requester', second: 'invalidNameIdPolicy' },
    });
  });

  it('refuses where nothing may be given', () => {
    expect(refusalOf(() => kindFor(undefined, [])).reason).toBe('name_id_refused');
  });
});

interface Wishes {
  readonly source?: Partial<AttributeSource>;
  readonly saml?: Partial<SamlSettings>;
  readonly own?: Readonly<Record<string, AttributeDefinition>>;
}
const nameId = (kind: NameIdKind, { source, saml, own }: Wishes = {}) =>
  nameIdFor(
    { ids: systemIds, attributes: sampleAttributes(own) },
    sampleSamlConnection({ saml: saml ?? {} }),
    sampleSource(source),
    {
      kind,
      issuer,
    },
  );
const qualifiers = { nameQualifier: issuer, spNameQualifier: entityId };

describe('nameIdFor', () => {
  it('draws a transient one each time, of 256 bits', () => {
    const [one, two] = [nameId('transient'), nameId('transient')];
    expect(one).toMatchObject({ format: nameIdFormats.transient, ...qualifiers });
    expect(one.value).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(one.value).not.toBe(two.value);
  });

  it('calls an account by the same persistent name in one service for ever', () => {
    // Written down once: the records of services hang on it.
    expect(nameId('persistent')).toEqual({
      format: nameIdFormats.persistent,
      value: 'JKuCHwYYGcp_GmV3UCN458r4T0nhsoMO1xw0gSB7iz4',
      ...qualifiers,
    });
  });

  it('gives another persistent name to another account and to another service, whatever their ids have in common', () => {
    const made = [
      nameId('persistent'),
      nameId('persistent', { source: { account: sampleAccount({ id: 'account-2' }) } }),
      nameId('persistent', { saml: { entityId: 'https://sp.example/shibboleth2' } }),
      nameId('persistent', {
        saml: { entityId: 'https://sp.example/shibbolet' },
        source: { account: sampleAccount({ id: 'haccount-1' }) },
      }),
    ];
    expect(new Set(made.map(({ value }) => value)).size).toBe(4);
  });

  it('tells an unspecified one as a persistent one, since both are of this service alone', () => {
    expect(nameId('unspecified')).toEqual({ ...nameId('persistent'), format: nameIdFormats.unspecified });
  });

  it('tells the university’s address as e-mail, without qualifiers', () => {
    expect(nameId('email')).toEqual({
      format: nameIdFormats.email,
      value: 'kyoto.hanako.12a@st.kyoto-u.ac.jp',
    });
  });

  it.each(['persistent', 'unspecified'] as const)(
    'takes the value of an attribute as %s where the connection says so',
    (kind) => {
      expect(nameId(kind, { saml: { nameIdFrom: 'loginName' } })).toEqual({
        format: nameIdFormats[kind],
        value: 'a0123456',
      });
    },
  );

  it('goes on drawing transient ones where an attribute is the persistent one', () => {
    expect(nameId('transient', { saml: { nameIdFrom: 'loginName' } }).value).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  const { universityMail: _mail, ...account } = sampleAccount();
  it.each<[string, NameIdKind, Wishes]>([
    ['an address of somebody who has none', 'email', { source: { account } }],
    [
      'an address that XML cannot carry',
      'email',
      { source: { account: sampleAccount({ universityMail: 'a\u0001b@st.kyoto-u.ac.jp' }) } },
    ],
    ['an attribute that the person lacks', 'persistent', { saml: { nameIdFrom: 'staffNumber' } }],
    ['one of several values', 'persistent', { saml: { nameIdFrom: 'affiliation' } }],
    ['an attribute that nobody defines', 'persistent', { saml: { nameIdFrom: 'shoeSize' } }],
    [
      'more than 256 characters',
      'persistent',
      { saml: { nameIdFrom: 'staffNumber' }, source: { person: samplePerson({ staffNumber: '7'.repeat(257) }) } },
    ],
    [
      'more than 64 characters for Microsoft 365',
      'persistent',
      {
        saml: { nameIdFrom: 'staffNumber', preset: 'microsoft365' },
        source: { person: samplePerson({ staffNumber: '7'.repeat(65) }) },
      },
    ],
    [
      'what XML cannot carry',
      'persistent',
      { saml: { nameIdFrom: 'staffNumber' }, source: { person: samplePerson({ staffNumber: '7\u0001' }) } },
    ],
  ])('refuses %s, and does not call it the service’s fault', (_what, kind, wishes) => {
    expect(refusalOf(() => nameId(kind, wishes))).toEqual({
      reason: 'name_id_refused',
      status: { top: 'responder', second: 'invalidNameIdPolicy' },
    });
  });

  it('writes an immutable id for Microsoft 365 without what HTML cannot hold, and for others as it is', () => {
    const account = sampleAccount({ immutableId: 'Zm9v+b/r&<>=' });
    const saml = { nameIdFrom: 'immutableId' };
    expect(nameId('persistent', { saml: { ...saml, preset: 'microsoft365' }, source: { account } }).value).toBe(
      'Zm9v.2Bb/r.26.3C.3E=',
    );
    expect(nameId('persistent', { saml, source: { account } }).value).toBe('Zm9v+b/r&<>=');
  });
});

describe('nameIdXml', () => {
  it('writes what is there', () => {
    expect(write(nameIdXml({ format: nameIdFormats.email, value: 'a&b@example.ac.jp' }))).toBe(
      `<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Format="${nameIdFormats.email}">a&amp;b@example.ac.jp</saml:NameID>`,
    );
    expect(write(nameIdXml(nameId('persistent')))).toContain(`NameQualifier="${issuer}" SPNameQualifier="${entityId}"`);
  });
});
