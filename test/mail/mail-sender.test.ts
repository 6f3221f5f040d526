import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MailContent } from '../../src/core/notices/content.ts';
import { mailSender } from '../../src/mail/mail-sender.ts';
import { type MailTransport, openTransport } from '../../src/mail/transport.ts';
import { testConfig } from '../support/sekisho.ts';
import { mailContent, sampleMails } from './sample-mails.ts';
import { type Arrived, openSmtp, type SmtpStage, smtpSetting } from './smtp-stage.ts';

const config = testConfig('/nowhere', {
  SEKISHO__SERVER__ISSUER: 'http://auth.localhost:3000',
});
const envelope = { id: 'abcdefghijklmnopqrstuv', createdAt: Date.UTC(2026, 3, 10, 8, 1, 2) };

describe('mailSender', () => {
  let smtp: SmtpStage;
  let transport: MailTransport;
  beforeEach(async () => {
    smtp = await openSmtp();
    transport = openTransport(smtpSetting(smtp.port), 'auth.example.ac.jp');
  });
  afterEach(async () => {
    transport.close();
    await smtp.close();
  });

  const send = (content: MailContent) => {
    const setting = smtpSetting(smtp.port, { replyTo: 'desk@example.ac.jp' });
    return mailSender(config, setting, transport)(content, envelope, new AbortController().signal);
  };
  async function arrivedOf(content: MailContent): Promise<Arrived> {
    expect(await send(content)).toEqual({ kind: 'accepted' });
    const [arrived] = smtp.arrived;
    if (!arrived) throw new Error('nothing arrived');
    return arrived;
  }

  it('sends text and HTML from the university to the one recipient', async () => {
    const { from, to, mail } = await arrivedOf(mailContent());
    expect([from, ...to]).toEqual(['no-reply@auth.kyoto-u.ac.jp', 'a0123456@st.kyoto-u.ac.jp']);
    expect(mail.from).toMatchObject({ name: '京都大学統合認証システム', address: 'no-reply@auth.kyoto-u.ac.jp' });
    expect(mail.replyTo).toMatchObject([{ address: 'desk@example.ac.jp' }]);
    expect(mail.text).toContain('京都 花子 様');
    expect(mail.html).toContain('京都 花子 様');
  });

  it('says that a machine wrote it, and names itself by the notice', async () => {
    const { mail } = await arrivedOf(mailContent());
    const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(mail.messageId).toBe('<abcdefghijklmnopqrstuv@auth.localhost>');
    expect(new Date(mail.date ?? 0).getTime()).toBe(envelope.createdAt);
  });

  it('encodes a Japanese subject so that it arrives whole, in lines that every server takes', async () => {
    const { mail, raw } = await arrivedOf(mailContent({ mail: sampleMails.new_device_sign_in }));
    expect(mail.subject).toBe('【京都大学統合認証システム】新しい端末からログインがありました');
    const lines = raw.split('\r\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(998);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what is looked for is whatever is not ASCII
    expect(raw).not.toMatch(/[^\x00-\x7f]/);
    const headers = lines.slice(0, lines.indexOf(''));
    expect(Math.max(...headers.map(({ length }) => length))).toBeLessThanOrEqual(78);
  });

  it.each([
    ['a second recipient', 'a@example.jp, evil@example.com'],
    ['a header of its own', 'a@example.jp\r\nBcc: evil@example.com'],
    ['a bare line feed', 'a@example.jp\nSubject: evil'],
    ['an angle', 'a@example.jp> NOTIFY=SUCCESS <evil@example.com'],
    ['no domain', 'a'],
    ['nothing', ''],
  ])('refuses an address with %s, and sends nothing', async (_case, to) => {
    expect(await send(mailContent({ to }))).toEqual({ kind: 'never', reason: 'no mail address' });
    expect(smtp.arrived).toEqual([]);
  });

  it('lets nothing that strangers wrote become a header', async () => {
    const name = { ja: '花子\r\nBcc: evil@example.com\r\n\r\n', en: 'Hanako\nX-Evil: 1' };
    const { to, mail } = await arrivedOf(mailContent({ mail: { ...sampleMails.password_changed, name } }));
    expect(to).toEqual(['a0123456@st.kyoto-u.ac.jp']);
    expect(mail.headers.map(({ key }) => key)).not.toEqual(expect.arrayContaining(['bcc']));
    expect(mail.headers.map(({ key }) => key)).not.toEqual(expect.arrayContaining(['x-evil']));
  });
});
