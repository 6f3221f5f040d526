import { describe, expect, it } from '@jest/globals';
import { elementsIn } from '../../../src/core/certificates/der.ts';
import { encodedName, isSameName, writtenName } from '../../../src/core/certificates/distinguished-name.ts';

const isSame = (left: string, right: string): boolean => {
  const [one, other] = [writtenName(left), writtenName(right)];
  if (!one || !other) throw new Error('no name');
  return isSameName(one, other);
};

describe('writtenName', () => {
  it('reads from the root to the leaf what is written the other way round', () => {
    expect(writtenName('CN=Syllabus,O=Kyoto University,C=JP')).toEqual([
      [{ type: '2.5.4.6', value: 'text:jp' }],
      [{ type: '2.5.4.10', value: 'text:kyoto university' }],
      [{ type: '2.5.4.3', value: 'text:syllabus' }],
    ]);
  });

  /** The examples of RFC 4514, 4. */
  const examples: readonly (readonly [written: string, value: string])[] = [
    ['OU=Sales+CN=J.  Smith,DC=example,DC=net', 'text:j. smith'],
    ['CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net', 'text:james "jim" smith, iii'],
    ['CN=Before\\0dAfter,DC=example,DC=net', 'text:before after'],
    ['CN=Lu\\C4\\8Di\\C4\\87', 'text:lučić'],
  ];
  it.each(examples)('reads %s', (written, value) => {
    expect(writtenName(written)?.at(-1)?.at(-1)?.value).toBe(value);
  });

  it('reads the encoded value of a type that has no keyword, as RFC 4514 has it', () => {
    expect(writtenName('1.3.6.1.4.1.1466.0=#04024869')).toEqual([
      [{ type: '1.3.6.1.4.1.1466.0', value: 'der:04024869' }],
    ]);
  });

  it.each([
    '',
    ',',
    'CN',
    'CN=',
    'CN=a,',
    'CN=a;b',
    'CN=a"b',
    'CN=a<b',
    'CN=a\\',
    'CN=a\\zb',
    'XX=a',
    '=a',
    '1.2=#zz',
    '1.2=#0405',
    '1.2=#04024869ff',
    '1.2=#040248690500',
  ])('refuses %j', (text) => {
    expect(writtenName(text)).toBeUndefined();
  });
});

describe('isSameName', () => {
  const same: readonly (readonly [what: string, left: string, right: string])[] = [
    ['case and spaces that say nothing', 'cn=Syllabus,o=Kyoto  University', 'CN=syllabus , O= KYOTO UNIVERSITY'],
    ['the order within one relative name', 'OU=a+CN=b', 'CN=b+OU=a'],
    ['another way to escape', 'CN=a\\,b', 'CN=a\\2Cb'],
    ['the dotted form of a known type', '2.5.4.3=a', 'CN=a'],
    ['an encoded text', 'CN=#0c0161', 'CN=a'],
    ['two ways to compose a letter', 'CN=が', 'CN=か\u3099'],
  ];
  it.each(same)('overlooks %s', (_what, left, right) => {
    expect(isSame(left, right)).toBe(true);
  });

  const other: readonly (readonly [what: string, left: string, right: string])[] = [
    ['a comma inside a value and one between two', 'CN=a\\,O=b', 'CN=a,O=b'],
    ['a plus inside a value and one between two', 'CN=a\\+O=b', 'CN=a+O=b'],
    ['one relative name with two attributes and two with one', 'OU=a+CN=b', 'OU=a,CN=b'],
    ['the order of relative names', 'CN=a,O=b', 'O=b,CN=a'],
    ['a name and the beginning of it', 'O=b,C=JP', 'CN=a,O=b,C=JP'],
    ['another type', 'CN=a', 'OU=a'],
    ['a value said twice', 'CN=a+CN=a', 'CN=a'],
    ['an attribute more', 'OU=b', 'CN=a+OU=b'],
    ['a letter that only looks the same', 'CN=a', 'CN=а'],
    ['case where nobody knows that it says nothing', '1.2.3=#0c0161', '1.2.3=#0c0141'],
    ['a text and the digits of its encoding', 'CN=\\#0c0161', 'CN=#0c0161'],
  ];
  it.each(other)('tells apart %s', (_what, left, right) => {
    expect(isSame(left, right)).toBe(false);
    expect(isSame(left, left)).toBe(true);
  });
});

describe('encodedName', () => {
  it('reads strings of every kind that certificates use, and keeps as bytes what it cannot read for certain', () => {
    const values = ['0c0161', '130161', '160161', '1e020061', '140161', '1401e9'];
    const attributes = values.map((hex) => {
      const value = Buffer.from(hex, 'hex');
      const pair = Buffer.concat([Buffer.from('0603550403', 'hex'), value]);
      const sequence = Buffer.concat([Buffer.of(0x30, pair.length), pair]);
      return Buffer.concat([Buffer.of(0x31, sequence.length), sequence]);
    });
    const body = Buffer.concat(attributes);
    const [name] = elementsIn(Buffer.concat([Buffer.of(0x30, body.length), body]));
    const read = name && encodedName(name).map(([only]) => only?.value);
    expect(read).toEqual([...Array(5).fill('text:a'), 'der:1401e9']);
  });
});
