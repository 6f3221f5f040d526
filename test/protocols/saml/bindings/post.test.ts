import { describe, expect, it } from '@jest/globals';
import { decodePost, encodePost } from '../../../../src/protocols/saml/bindings/post.ts';
import { element, write } from '../../../../src/protocols/saml/xml/write.ts';
import { refusalOf } from '../refused.ts';

const xml = write(element('samlp:AuthnRequest', { ID: '_1' }, [element('saml:Issuer', {}, ['京都 <&>'])]));
const base64 = Buffer.from(xml).toString('base64');
const refusal = (form: string | [string, string][]) => refusalOf(() => decodePost(new URLSearchParams(form)));

describe('the post binding', () => {
  it.each([undefined, '', 'https://a/?b=1&c=京都'])('reads what it wrote, with the RelayState %j', (relayState) => {
    const { action, fields } = encodePost(
      { url: 'https://sp.example.ac.jp/acs', kind: 'SAMLResponse', relayState },
      xml,
    );
    expect(action).toBe('https://sp.example.ac.jp/acs');
    const read = decodePost(new URLSearchParams(fields));
    expect(read).toEqual({ kind: 'SAMLResponse', xml, ...(relayState === undefined ? {} : { relayState }) });
  });

  it('reads a message that is broken into lines', () => {
    const lines = base64.replace(/.{76}/g, '$&\r\n');
    expect(decodePost(new URLSearchParams({ SAMLRequest: `\n${lines}\r\n` })).xml).toBe(xml);
  });

  it.each<[string, [string, string][]]>([
    ['no message', [['RelayState', 'a']]],
    [
      'a request and a response',
      [
        ['SAMLRequest', base64],
        ['SAMLResponse', base64],
      ],
    ],
    [
      'a message twice',
      [
        ['SAMLRequest', base64],
        ['SAMLRequest', base64],
      ],
    ],
    [
      'a RelayState twice',
      [
        ['SAMLRequest', base64],
        ['RelayState', 'a'],
        ['RelayState', 'b'],
      ],
    ],
    ['what is not base64', [['SAMLRequest', '<a/>']]],
    ['base64 that was cut off', [['SAMLRequest', base64.slice(0, 5)]]],
    ['the other alphabet of base64', [['SAMLRequest', 'ab_-']]],
  ])('cannot read %s', (_, form) => expect(refusal(form)).toBe('message_unreadable'));

  it('refuses a RelayState that is too long, and a message that is no UTF-8', () => {
    expect(
      refusal([
        ['SAMLRequest', base64],
        ['RelayState', 'x'.repeat(4_097)],
      ]),
    ).toBe('message_too_large');
    expect(refusal([['SAMLRequest', Buffer.from([0x3c, 0xff]).toString('base64')]])).toBe('xml_forbidden');
  });
});
