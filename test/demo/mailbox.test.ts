import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mailContent, sampleMails } from '../mail/sample-mails.ts';
import { type MailboxStage, openMailboxStage } from './mailbox-stage.ts';

describe('the mailbox of the demo', () => {
  let stage: MailboxStage;
  beforeEach(async () => {
    stage = await openMailboxStage();
  });
  afterEach(() => stage.close());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(new URL(path, stage.mailbox.url), { headers, redirect: 'manual' });
  const page = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
    (await get(path, headers)).text();

  it('says what will be here while nothing is', async () => {
    expect(await page('/')).toContain('メールはまだありません');
  });

  it('lists what arrived, the newest first', async () => {
    await stage.send(mailContent(), mailContent({ locale: 'en', mail: sampleMails.account_suspended }));
    const html = await page('/');
    const [newest, older] = ['[Kyoto University] Your account was suspended', 'パスワードが変更されました'];
    expect(html.indexOf(newest)).toBeGreaterThan(0);
    expect(html.indexOf(newest)).toBeLessThan(html.indexOf(older));
    expect(html).toContain('a0123456@st.kyoto-u.ac.jp');
    expect(html).toContain('2026年4月10日(金)17:00');
  });

  it('shows a mail as text, with links, and its HTML in a frame without scripts', async () => {
    await stage.send(mailContent());
    const text = await page('/mails/1?form=text');
    expect(text).toContain('京都 花子 様');
    expect(text).toMatch(/<a href="http:\/\/localhost:3000\/not-me\/[^"]+" target="_blank" rel="noopener">/);
    const html = await page('/mails/1');
    expect(html).toMatch(/<iframe[^>]* src="\/mails\/1\/html" sandbox="(?!.*allow-scripts)/);
    const mail = await get('/mails/1/html');
    expect(mail.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await mail.text()).toContain('<base target="_blank">');
  });

  it('speaks the reader’s language, and the other one when asked', async () => {
    await stage.send(mailContent());
    expect(await page('/', { 'accept-language': 'en' })).toContain('Mails of the demo');
    const switched = await get('/mails/1?lang=en');
    expect(switched.headers.get('location')).toBe('/mails/1');
    expect(await page('/', { cookie: switched.headers.get('set-cookie') ?? '' })).toContain('Mails of the demo');
  });

  it('shows what strangers wrote as text', async () => {
    const mail = { ...sampleMails.new_device_sign_in, device: '<script>alert(1)</script>' };
    await stage.send(mailContent({ mail }));
    for (const path of ['/', '/mails/1', '/mails/1?form=text', '/mails/1/html']) {
      expect(await page(path)).not.toContain('<script>alert');
    }
  });

  it('has no such mail', async () => {
    expect((await get('/mails/7')).status).toBe(404);
    expect((await get('/mails/7/html')).status).toBe(404);
  });

  it('answers loopback names only', async () => {
    const status = await new Promise((resolve) => {
      request(stage.mailbox.url, { headers: { host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode)).end();
    });
    expect(status).toBe(421);
  });
});
