import { describe, expect, it } from '@jest/globals';
import { logoutRequestXml, readLogoutRequest } from '../../../../src/protocols/saml/logout/logout-request.ts';
import { nameIdFormats } from '../../../../src/protocols/saml/names.ts';
import { parseXml } from '../../../../src/protocols/saml/xml/parse.ts';
import { write } from '../../../../src/protocols/saml/xml/write.ts';

const at = Date.UTC(2026, 3, 10, 8);
const entered = {
  nameId: { format: nameIdFormats.transient, value: 'name & more', nameQualifier: 'https://idp.example/' },
  sessionIndex: '_index',
  issuer: 'https://sp.example/metadata',
};
const words = { id: '_1', destination: 'https://idp.example/slo', issuedAt: at, notOnOrAfter: at + 60_000, entered };
const xml = write(logoutRequestXml(words));
const read = (text: string) => readLogoutRequest(parseXml(text).root);

describe('a LogoutRequest', () => {
  it('says when it is read what was written', () => {
    expect(read(xml)).toMatchObject({
      id: '_1',
      issuer: entered.issuer,
      issueInstant: at,
      destination: words.destination,
      notOnOrAfter: at + 60_000,
      person: { name: 'NameID', text: 'name & more' },
      sessionIndexes: ['_index'],
    });
  });

  it('may name several sessions, or none', () => {
    const index = '<samlp:SessionIndex>_index</samlp:SessionIndex>';
    expect(read(xml.replace(index, `${index}${index.replace('_index', '_two')}`)).sessionIndexes).toEqual([
      '_index',
      '_two',
    ]);
    expect(read(xml.replace(index, '')).sessionIndexes).toEqual([]);
  });

  const name = /<saml:NameID[\s\S]*<\/saml:NameID>/.exec(xml)?.[0] ?? '';
  it.each([
    ['of another kind', xml.replaceAll('LogoutRequest', 'AuthnRequest'), 'message_invalid'],
    ['of another version', xml.replace('Version="2.0"', 'Version="1.1"'), 'version_unsupported'],
    ['that names nobody', xml.replace(name, ''), 'message_invalid'],
    ['that names somebody twice', xml.replace(name, `${name}${name}`), 'message_invalid'],
    [
      'with an index before the name',
      xml.replace(/(<saml:NameID[\s\S]*<\/saml:NameID>)(<samlp:SessionIndex>.*<\/samlp:SessionIndex>)/, '$2$1'),
      'message_invalid',
    ],
    ['without who says it', xml.replace(/<saml:Issuer.*<\/saml:Issuer>/, ''), 'message_invalid'],
    [
      'with what is unknown in it',
      xml.replace('</samlp:LogoutRequest>', '<samlp:More/></samlp:LogoutRequest>'),
      'message_invalid',
    ],
    ['with an unknown attribute', xml.replace(' ID="_1"', ' ID="_1" Idea="2"'), 'message_invalid'],
    [
      'with a time of no zone',
      xml.replace(/NotOnOrAfter="[^"]*"/, 'NotOnOrAfter="2026-04-10T08:00:00"'),
      'message_invalid',
    ],
    [
      'with more indexes than anybody has sessions',
      xml.replace(
        '</samlp:LogoutRequest>',
        `${'<samlp:SessionIndex>a</samlp:SessionIndex>'.repeat(20)}</samlp:LogoutRequest>`,
      ),
      'message_invalid',
    ],
  ])('is refused %s', (_what, text, reason) => {
    expect(text).not.toBe(xml);
    expect(() => read(text)).toThrow(expect.objectContaining({ reason }));
  });
});
