import { describe, expect, it } from '@jest/globals';
import { type Locale, locales } from '../../src/base/locale.ts';
import { mailComposer } from '../../src/mail/compose.ts';
import { testConfig } from '../support/sekisho.ts';
import { mailContent, sampleMails } from './sample-mails.ts';

const config = testConfig('/nowhere', { SEKISHO__SERVER__ISSUER: 'http://auth.localhost:3000' });
const compose = mailComposer(config);
const mailTypes = Object.keys(sampleMails) as (keyof typeof sampleMails)[];
const everyLetter = mailTypes.flatMap((type) => locales.map((locale) => ({ type, locale })));
const of = (type: keyof typeof sampleMails, locale: Locale) =>
  compose(mailContent({ mail: sampleMails[type], locale }));
/** What a reader of the HTML sees. */
const seen = (html: string): string => html.replace(/<(style|head)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ');
const words = (text: string): string => text.replace(/\s+/g, '');

/** It may reach a stranger, whose address was mistyped. */
const namesNobody: readonly string[] = ['confirm_address'];

describe('every mail', () => {
  it.each(everyLetter)('says the same as text and as HTML, in both languages: $type $locale', ({ type, locale }) => {
    const { text, html } = of(type, locale);
    const named = namesNobody.includes(type) ? [] : ['京都 花子 様', 'Dear Hanako Kyoto,', 'a0123456'];
    for (const word of [...named, '2026年4月10日(金)17:00', '情報環境支援センター']) {
      expect(text).toContain(word);
      expect(words(seen(html))).toContain(words(word));
    }
  });

  it.each(everyLetter)('speaks the language of the reader first: $type $locale', ({ type, locale }) => {
    const { subject, text, html } = of(type, locale);
    const [first = '', second = ''] = locale === 'ja' ? ['日時', 'Time'] : ['Time', '日時'];
    for (const form of [text, seen(html)]) expect(form.indexOf(first)).toBeLessThan(form.indexOf(second));
    expect(subject.startsWith(locale === 'ja' ? '【京都大学統合認証システム】' : '[Kyoto University] ')).toBe(true);
    expect(html).toContain(`<html lang="${locale}">`);
  });

  it('shows times by the clocks of the university', () => {
    const abroad = mailComposer(testConfig('/nowhere', { SEKISHO__UNIVERSITY__TIMEZONE: 'Europe/Vienna' }));
    const { text } = abroad(mailContent({ mail: sampleMails.password_changed, locale: 'ja' }));
    expect(text).toContain('2026年4月10日(金)10:00');
  });

  it.each(everyLetter)('leads to the issuer only, and fetches nothing: $type $locale', ({ type, locale }) => {
    const { text, html } = of(type, locale);
    for (const [address] of `${text}\n${html}`.matchAll(/https?:\/\/[^\s"<]+/g)) {
      expect(address.startsWith('http://auth.localhost:3000/')).toBe(true);
    }
    expect(html).not.toMatch(/<(?:img|script|link|iframe|form|object|video)\b|url\(|@import|\bsrc=|\bon\w+=/i);
  });

  it.each(everyLetter)('has no line that a mail program would fold into another: $type $locale', ({ type, locale }) => {
    const { subject, text } = of(type, locale);
    expect(subject).not.toMatch(/\p{Cc}/u);
    expect(text).not.toMatch(/undefined|\[object|\n{4}/);
  });
});

describe('what strangers wrote into a mail', () => {
  const device = 'Chrome\r\n\r\nYour password expires: https://evil.example/\u202Emoc';
  const name = { ja: '<b>花子</b>', en: '"><script>alert(1)</script>' };
  const mail = { ...sampleMails.new_device_sign_in, device, name };
  const notMeHref = `http://auth.localhost:3000/not-me/${mail.notMe.token}`;

  it('stays on its line, in its direction', () => {
    const { text } = compose(mailContent({ mail }));
    expect(text).toContain('端末：Chrome Your password expires: https://evil.example/moc\n');
    expect(text).not.toContain('\u202E');
  });

  it('is text in the HTML, not markup', () => {
    const { html } = compose(mailContent({ mail }));
    expect(html).not.toMatch(/<script|<b>/);
    expect(html).toContain('&lt;b&gt;花子&lt;/b&gt; 様');
  });

  it('makes no link: only our own page is one', () => {
    const { html } = compose(mailContent({ mail }));
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([notMeHref, notMeHref]);
  });
});
