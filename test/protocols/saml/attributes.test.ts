import { describe, expect, it } from '@jest/globals';
import type { AttributeDefinition } from '../../../src/core/attributes/definition.ts';
import type { AttributeSource } from '../../../src/core/attributes/source.ts';
import { consentWrite } from '../../../src/core/consents/consent.ts';
import { attributeStatementXml, attributesFor } from '../../../src/protocols/saml/attributes.ts';
import { nameFormats, nameIdFormats } from '../../../src/protocols/saml/names.ts';
import { write } from '../../../src/protocols/saml/xml/write.ts';
import { sampleAttributes, sampleSource } from '../../core/attributes/sample-attributes.ts';
import { type SamlConnectionWishes, sampleSamlConnection } from '../../core/connections/sample-saml-connection.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { samplePerson, startInstant } from '../../core/sample-records.ts';

const issuer = 'https://authidp1.example/idp/shibboleth';

describe('attributesFor', () => {
  const fresh = freshWorld();
  const told = (
    connection: SamlConnectionWishes,
    source: Partial<AttributeSource> = {},
    own: Readonly<Record<string, AttributeDefinition>> = {},
  ) =>
    attributesFor(
      { world: fresh().world, attributes: sampleAttributes(own) },
      sampleSamlConnection(connection),
      sampleSource({ locale: 'en', ...source }),
      issuer,
    );
  const releasing = (...names: readonly string[]): SamlConnectionWishes => ({
    release: names.map((attribute) => ({ attribute, required: true })),
  });

  it('tells what was granted, by its names, and nothing else', async () => {
    expect(await told(releasing('principalName', 'affiliation'))).toEqual([
      {
        name: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.6',
        format: nameFormats.uri,
        friendlyName: 'eduPersonPrincipalName',
        values: ['a0123456@kyoto-u.ac.jp'],
      },
      {
        name: 'urn:oid:1.3.6.1.4.1.5923.1.1.1.1',
        format: nameFormats.uri,
        friendlyName: 'eduPersonAffiliation',
        values: ['student', 'member'],
      },
    ]);
  });

  it('tells nothing to a service that was granted nothing', async () => {
    expect(await told(releasing())).toEqual([]);
  });

  it('tells nothing of what the person has not, nobody defines, or has no name', async () => {
    expect(await told(releasing('staffNumber', 'gone', 'kanaName'))).toEqual([]);
  });

  it.each(['once', 'always'] as const)(
    'tells only what the person allowed, where people are asked (%s)',
    async (consent) => {
      const asked = { ...releasing('mail', 'principalName'), consent };
      expect(await told(asked)).toEqual([]);
      await fresh().world.store.commit([consentWrite(undefined, 'account-1', 'journal', ['mail'], startInstant)]);
      expect((await told(asked)).map(({ friendlyName }) => friendlyName)).toEqual(['mail']);
    },
  );

  it('tells what has two languages in both, each under its own name', async () => {
    const names = releasing(
      'organization',
      'jaOrganization',
      'organizationalUnit',
      'jaOrganizationalUnit',
      'jaDisplayName',
    );
    expect((await told(names)).map(({ friendlyName, values }) => [friendlyName, ...values])).toEqual([
      ['o', 'Kyoto University'],
      ['jao', '京都大学'],
      ['ou', 'Faculty of Engineering'],
      ['jaou', '工学部'],
      ['jaDisplayName', '京都 花子'],
    ]);
  });

  it('tells a service under a name of its own, bare, what it knows by that', async () => {
    const connection = {
      ...releasing('mail', 'kanaName'),
      saml: { attributeNames: { mail: 'IDPEmail', kanaName: 'kana' } },
    };
    expect(await told(connection)).toEqual([
      { name: 'IDPEmail', values: ['kyoto.hanako.12a@st.kyoto-u.ac.jp'] },
      { name: 'kana', values: ['きょうと はなこ'] },
    ]);
  });

  it('tells eduPersonTargetedID as the NameID that it is', async () => {
    const [attribute] = await told(releasing('targetedId'), { place: 'saml https://sp.example/shibboleth' });
    expect(attribute?.values).toEqual([
      {
        format: nameIdFormats.persistent,
        value: 'JKuCHwYYGcp_GmV3UCN458r4T0nhsoMO1xw0gSB7iz4',
        nameQualifier: issuer,
        spNameQualifier: 'https://sp.example/shibboleth',
      },
    ]);
  });

  it('tells the subject identifier that the service asks for, and no person is asked for it', async () => {
    const asked = await told({ ...releasing(), consent: 'always', saml: { subjectIdentifier: 'subject-id' } });
    expect(asked).toEqual([
      {
        name: 'urn:oasis:names:tc:SAML:attribute:subject-id',
        format: nameFormats.uri,
        values: [expect.stringMatching(/^[0-9a-f]{64}@kyoto-u\.ac\.jp$/)],
      },
    ]);
  });

  it('takes a value that XML cannot carry from the person, not the login', async () => {
    const person = samplePerson({ nameEn: { family: 'Kyoto\u0007', given: 'Hanako' } });
    expect(
      (await told(releasing('familyName', 'givenName'), { person })).map(({ friendlyName }) => friendlyName),
    ).toEqual(['givenName']);
  });

  it('tells a definition of the university’s own in its own format', async () => {
    const own = {
      room: {
        source: 'constant',
        label: { ja: '部屋', en: 'Room' },
        values: ['E-1', 'E-2'],
        saml: { name: 'room', format: 'basic' },
      },
    } as const;
    expect(await told(releasing('room'), {}, own)).toEqual([
      { name: 'room', format: nameFormats.basic, values: ['E-1', 'E-2'] },
    ]);
  });
});

describe('attributeStatementXml', () => {
  const xmlOf = (...attributes: Parameters<typeof attributeStatementXml>[0]) => {
    const piece = attributeStatementXml(attributes);
    return piece && write(piece);
  };

  it('is not there where nothing is told', () => {
    expect(xmlOf()).toBeUndefined();
  });

  it('has one AttributeValue for each value, its text escaped', () => {
    expect(
      xmlOf({ name: 'urn:oid:2.5.4.11', format: nameFormats.uri, friendlyName: 'ou', values: ['R&D', '<b>'] }),
    ).toBe(
      '<saml:AttributeStatement xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">' +
        '<saml:Attribute FriendlyName="ou" Name="urn:oid:2.5.4.11" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">' +
        '<saml:AttributeValue>R&amp;D</saml:AttributeValue><saml:AttributeValue>&lt;b&gt;</saml:AttributeValue>' +
        '</saml:Attribute></saml:AttributeStatement>',
    );
  });

  it('leaves out a format and a friendly name that there are not', () => {
    expect(xmlOf({ name: 'IDPEmail', values: ['a@example.ac.jp'] })).toContain('<saml:Attribute Name="IDPEmail">');
  });

  it('holds a NameID as an element', () => {
    expect(xmlOf({ name: 'n', values: [{ format: nameIdFormats.persistent, value: 'x' }] })).toContain(
      `<saml:AttributeValue><saml:NameID Format="${nameIdFormats.persistent}">x</saml:NameID></saml:AttributeValue>`,
    );
  });
});
