/** The kinds of value that sections share: what each accepts, as what it is read, and what it refuses. */
import { describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import { identifier } from '../../../../src/base/document/fields/identifier.ts';
import { localizedWebUrl, origin, webUrl } from '../../../../src/base/document/fields/web-url.ts';
import { accent } from '../../../../src/config/schema/fields/accent.ts';
import { domain } from '../../../../src/config/schema/fields/domain.ts';
import { duration } from '../../../../src/config/schema/fields/duration.ts';
import { network } from '../../../../src/config/schema/fields/network.ts';
import { fullMatch, pattern } from '../../../../src/config/schema/fields/pattern.ts';
import { timeZone } from '../../../../src/config/schema/fields/time-zone.ts';

const bounded = duration({ atLeast: '1m', atMost: '1h' });

describe('a field', () => {
  it.each<[string, z.ZodType, unknown, unknown]>([
    ['duration', bounded, '10m', 600_000],
    ['duration', bounded, '1h', 3_600_000],
    ['network', network(), '10.0.0.0/8', '10.0.0.0/8'],
    ['network', network(), '192.0.2.7', '192.0.2.7/32'],
    ['network', network(), '::1', '::1/128'],
    ['origin', origin(), 'https://login.example.ac.jp:8443', 'https://login.example.ac.jp:8443'],
    ['web address', webUrl(), 'https://example.ac.jp/rules?lang=ja#top', 'https://example.ac.jp/rules?lang=ja#top'],
    ['localized address', localizedWebUrl(), 'https://a.jp/', { ja: 'https://a.jp/', en: 'https://a.jp/' }],
    [
      'localized address',
      localizedWebUrl(),
      { ja: 'https://a.jp/', en: 'https://b.jp/' },
      { ja: 'https://a.jp/', en: 'https://b.jp/' },
    ],
    ['accent', accent(), '#0017C1', '#0017C1'],
    ['domain', domain(), 'st.kyoto-u.ac.jp', 'st.kyoto-u.ac.jp'],
    ['identifier', identifier(), 'g-law', 'g-law'],
    ['pattern', pattern(), 'a0[0-9]+', 'a0[0-9]+'],
    ['time zone', timeZone(), 'Asia/Tokyo', 'Asia/Tokyo'],
    ['time zone', timeZone(), 'UTC', 'UTC'],
  ])('reads %s %#', (_, field, written, read) => {
    expect(field.parse(written)).toEqual(read);
  });

  it.each<[string, z.ZodType, unknown]>([
    ['duration without a unit', bounded, '10'],
    ['duration that is a number', bounded, 10],
    ['duration below its bound', bounded, '59s'],
    ['duration above its bound', bounded, '61m'],
    ['network of all addresses', network(), '0.0.0.0/0'],
    ['time zone that is none', timeZone(), 'Asia/Kyoto'],
    ['time zone that is an offset', timeZone(), '+09:00'],
    ['network with too long a prefix', network(), '10.0.0.0/33'],
    ['network with an empty prefix', network(), '10.0.0.0/'],
    ['network with two prefixes', network(), '10.0.0.0/8/8'],
    ['network that is a name', network(), 'proxy.example.ac.jp'],
    ['origin with a trailing slash', origin(), 'https://login.example.ac.jp/'],
    ['origin with a path', origin(), 'https://login.example.ac.jp/idp'],
    ['origin in upper case', origin(), 'https://Login.example.ac.jp'],
    ['origin with its default port', origin(), 'https://login.example.ac.jp:443'],
    ['origin with a user', origin(), 'https://root@login.example.ac.jp'],
    ['address that is a script', webUrl(), 'javascript:alert(1)'],
    ['address with a password', webUrl(), 'https://a:b@example.ac.jp/'],
    [
      'localized address that is a script in one language',
      localizedWebUrl(),
      { ja: 'https://a.jp/', en: 'javascript:0' },
    ],
    ['localized address in one language only', localizedWebUrl(), { ja: 'https://a.jp/' }],
    ['accent too light for white text', accent(), '#FFD700'],
    ['accent that is no colour', accent(), 'blue'],
    ['domain with upper case', domain(), 'Kyoto-U.ac.jp'],
    ['domain with an @', domain(), '@kyoto-u.ac.jp'],
    ['domain of one label', domain(), 'localhost'],
    ['identifier with upper case', identifier(), 'Law'],
    ['identifier that begins with a digit', identifier(), '1st'],
    ['identifier that is __proto__', identifier(), '__proto__'],
    ['pattern with an open group', pattern(), '('],
    ['pattern that closes the group put around it', pattern(), 'a)|(b'],
    ['pattern that is empty', pattern(), ''],
  ])('refuses a %s', (_, field, written) => {
    expect(field.safeParse(written).success).toBe(false);
  });

  it('says how an origin is written', () => {
    expect(origin().safeParse('https://login.example.ac.jp/').error?.issues[0]?.message).toBe(
      'expected an origin without path or trailing slash; write https://login.example.ac.jp',
    );
  });
});

describe('fullMatch', () => {
  it.each([
    ['a|b', 'ab'],
    ['a|b', 'xb'],
    ['[a-z]+', 'abc\n'],
    ['[a-z]+', 'abc1'],
  ])('matches %s with the whole text only, not with %j', (expression, text) => {
    expect(fullMatch(expression).test(text)).toBe(false);
  });
});
