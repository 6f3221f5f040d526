import { describe, expect, it } from '@jest/globals';
import { type Locale, locales } from '../../../src/base/locale.ts';
import { mailComposer } from '../../../src/mail/compose.ts';
import { testConfig } from '../../support/sekisho.ts';
import { mailContent, sampleMails } from '../sample-mails.ts';

const compose = mailComposer(testConfig('/nowhere'));
const types = ['sign_in_code', 'confirm_address'] as const;
const every = types.flatMap((type) => locales.map((locale) => ({ type, locale })));
const seen = (html: string): string => html.replace(/<(style|head)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, '');
const of = (type: (typeof types)[number], locale: Locale, changes: object = {}) =>
  compose(mailContent({ mail: { ...sampleMails[type], ...changes }, locale }));

describe('the mail that carries a code', () => {
  it.each(every)('says it alone on its line, for what, from where and how long: $type $locale', ({ type, locale }) => {
    const { text, html } = of(type, locale);
    expect(text).toMatch(/^認証コード：48291507$/m);
    expect(text).toMatch(/^Code: 48291507$/m);
    for (const form of [text, seen(html)]) {
      for (const word of [
        '48291507',
        'KULASIS',
        '教務情報システム',
        'Chrome / Windows',
        '2026年4月10日(金)17:10',
        'Fri 10 April 2026, 17:10',
      ]) {
        expect(form).toContain(word);
      }
    }
  });

  it.each(every)('says that nobody will ask for it: $type $locale', ({ type, locale }) => {
    const { text } = of(type, locale);
    expect(text).toContain('お尋ねすることはありません');
    expect(text).toContain('will ever ask for it');
  });

  it.each(every)('keeps it out of the subject, which lies on a locked screen: $type $locale', ({ type, locale }) => {
    expect(of(type, locale).subject).not.toMatch(/\d/);
  });

  it.each(locales)('says where the device is not known (%s)', (locale) => {
    const { text } = of('sign_in_code', locale, { device: undefined });
    expect(text).toContain('端末：不明');
    expect(text).toContain('Device: unknown');
  });

  it.each(locales)('tells a stranger nothing of whoever mistyped an address (%s)', (locale) => {
    const { text, html } = of('confirm_address', locale, {});
    expect(text + html).not.toMatch(/花子|Hanako|a0123456|ECS-ID|様|Dear/);
  });
});
