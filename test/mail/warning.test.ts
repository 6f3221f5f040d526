import { describe, expect, it } from '@jest/globals';
import { locales } from '../../src/base/locale.ts';
import type { MailContent } from '../../src/core/notices/content.ts';
import { mailComposer } from '../../src/mail/compose.ts';
import { testConfig } from '../support/sekisho.ts';
import { mailContent, sampleMails } from './sample-mails.ts';

const issuer = 'http://auth.localhost:3000';
const compose = mailComposer(testConfig('/nowhere', { SEKISHO__SERVER__ISSUER: issuer }));
const all: readonly MailContent['mail'][] = Object.values(sampleMails);
const warnings = all.filter((mail) => 'notMe' in mail);
const each = warnings.flatMap((mail) => locales.map((locale) => ({ type: mail.type, locale, mail })));

describe('a warning', () => {
  it('is every mail of which the reader can say that it was not them', () => {
    expect(warnings.map(({ type }) => type).sort()).toEqual([
      'factor_added',
      'factor_removed',
      'factors_reset',
      'new_device_sign_in',
      'passkey_reversed',
      'password_changed',
      'recovery_code_used',
      'recovery_codes_renewed',
    ]);
  });

  it.each(each)('has one address in it, that of "not me", in both languages: $type $locale', ({ mail, locale }) => {
    const { text, html } = compose(mailContent({ mail, locale }));
    const href = `${issuer}/not-me/${mail.notMe.token}`;
    expect(text.match(/https?:\/\/\S+/g)).toEqual([href, href]);
    expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, found]) => found)).toEqual([href, href]);
  });

  it.each(each)(
    'says until when the page works, what the button does, and who helps: $type $locale',
    ({ mail, locale }) => {
      const { text } = compose(mailContent({ mail, locale }));
      expect(text).toContain('ページは2026年4月17日(金)17:00まで開けます');
      expect(text).toContain('「アカウントを停止する」');
      expect(text).toContain('until Fri 17 April 2026, 17:00');
      expect(text).toContain('"Stop my account"');
      expect(text).toContain('情報環境支援センターへご連絡ください');
    },
  );

  it('names what was added in words, and an address only masked', () => {
    const { text } = compose(mailContent({ mail: sampleMails.factor_added }));
    expect(text).toContain('認証方法：認証コード(通知用メールアドレス)');
    expect(text).toContain('h***@example.com');
  });

  it('asks for new recovery codes when few are left, and not before', () => {
    const left = (count: number) =>
      compose(mailContent({ mail: { ...sampleMails.recovery_code_used, left: count } })).text;
    expect(left(4)).not.toContain('残りが少なくなっています');
    expect(left(3)).toContain('残りが少なくなっています');
  });

  it('says "unknown" of a device that says nothing known', () => {
    const { device: _device, ...mail } = sampleMails.new_device_sign_in;
    const { text } = compose(mailContent({ mail }));
    expect(text).toContain('端末：不明');
    expect(text).toContain('Device: unknown');
  });
});
