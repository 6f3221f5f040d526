import { describe, expect, it } from '@jest/globals';
import { judgeAddress } from '../../../src/core/credentials/notification-address.ts';

const own = ['kyoto-u.ac.jp', 'st.kyoto-u.ac.jp'];
const judge = (typed: string) => judgeAddress(typed, own);

describe('a notification address', () => {
  it.each([
    ['hanako@example.com', 'hanako@example.com'],
    [' Hanako.K@EXAMPLE.com ', 'Hanako.K@example.com'],
    ['ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'hanako@example.com'],
    ['hanako+university@example.co.jp', 'hanako+university@example.co.jp'],
    // As carriers have given them out.
    ['hana..ko.@docomo.ne.jp', 'hana..ko.@docomo.ne.jp'],
    ['hanako@xn--fsq092h.xn--wgv71a', 'hanako@xn--fsq092h.xn--wgv71a'],
    ['a@kyoto-u.ac.jp.example.com', 'a@kyoto-u.ac.jp.example.com'],
    ['a@notkyoto-u.ac.jp', 'a@notkyoto-u.ac.jp'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('is taken as typed: %j', (typed, address) => {
    expect(judge(typed)).toEqual({ kind: 'good', address });
  });

  it.each(['a@kyoto-u.ac.jp', 'a@ST.Kyoto-U.ac.jp', 'a@rinf.kuicr.kyoto-u.ac.jp', 'ａ＠ｋｙｏｔｏ－ｕ．ａｃ．ｊｐ'])(
    'is none of the university’s own: %s',
    (typed) => {
      expect(judge(typed)).toEqual({ kind: 'own_domain' });
    },
  );

  it.each([
    'hanako',
    '@example.com',
    'hanako@',
    'hanako@example',
    'hanako@localhost',
    'hanako@192.0.2.1',
    'hanako@[192.0.2.1]',
    'hanako@example.com.',
    'hanako@exa mple.com',
    'hana ko@example.com',
    'a@example.com,b@example.com',
    'a@example.com\r\nBcc: b@example.com',
    'a@b@example.com',
    '"a b"@example.com',
    'Hanako <a@example.com>',
    'a@-example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.com`,
  ])('is an address: %j is none', (typed) => {
    expect(judge(typed)).toEqual({ kind: 'not_an_address' });
  });

  it.each(['', ' ', '　'])('is asked for where there is none: %j', (typed) => {
    expect(judge(typed)).toEqual({ kind: 'incomplete' });
  });
});
