import { describe, expect, it } from '@jest/globals';
import { textOf } from '../../../../src/protocols/saml/xml/octets.ts';
import { refusalOf } from '../refused.ts';

describe('textOf', () => {
  it('reads UTF-8, with a byte order mark or without', () => {
    expect(textOf(Buffer.from('\ufeff<京都/>'))).toBe('<京都/>');
    expect(textOf(Buffer.from('<京都/>'))).toBe('<京都/>');
  });

  it.each([
    ['UTF-16', Buffer.from('\ufeff<a/>', 'utf16le')],
    ['Shift_JIS', Buffer.from([0x3c, 0x8b, 0x9e, 0x2f, 0x3e])],
    ['a longer form than needed', Buffer.from([0xc0, 0xbc])],
    ['half a surrogate pair', Buffer.from([0xed, 0xa0, 0x80])],
  ])('refuses %s', (_, octets) => expect(refusalOf(() => textOf(octets))).toBe('xml_forbidden'));
});
