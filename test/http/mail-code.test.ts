/** A code by mail, from the service's request over a real mail server to the service's answer. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { minutes } from '../../src/base/duration.ts';
import { openLog } from '../../src/base/log.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import { deliverDue } from '../../src/core/notices/deliver-due.ts';
import type { Account } from '../../src/core/people/account.ts';
import { insert } from '../../src/store/port.ts';
import { sampleCredential } from '../core/sample-credentials.ts';
import { openSmtp, type SmtpStage } from '../mail/smtp-stage.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Begun, exchange, formOf, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { ask, openService } from './enter.ts';

const address = 'hanako@example.com';

describe('a code by mail', () => {
  let clock: FakeClock;
  let smtp: SmtpStage;
  let sekisho: TestSekisho;
  let party: Party;
  let account: Account;
  let browser: CookieBrowser;
  let begun: Begun;

  beforeEach(async () => {
    clock = new FakeClock();
    // The service looks at the times of its tokens by a clock of its own.
    clock.advance(systemClock.now() - clock.now());
    smtp = await openSmtp();
    sekisho = await startSekisho({
      clock,
      environment: {
        SEKISHO__MAIL__HOST: '127.0.0.1',
        SEKISHO__MAIL__PORT: String(smtp.port),
        SEKISHO__MAIL__SECURITY: 'none',
        SEKISHO__MAIL__FROM: 'no-reply@auth.kyoto-u.ac.jp',
        // The turns of the outbox are the test's.
        SEKISHO__JOBS__SCHEDULES__OUTBOX: 'daily 03:10',
      },
    });
    party = await openService(sekisho, { id: 'library', requiredLevel: 'mfa', name: { ja: '図書館', en: 'Library' } });
    account = await sekisho.addAccount({ account: { activation: { handed: 'in-person', at: clock.now() } } });
    browser = new CookieBrowser();
  });
  afterEach(async () => {
    await sekisho.close();
    await smtp.close();
  });

  async function register(): Promise<void> {
    const held = sampleCredential('mail-code', { accountId: account.id, address });
    await sekisho.ground.world.store.commit([insert(credentials, held)]);
  }
  async function deliver(): Promise<void> {
    const { world, delivery } = sekisho.ground;
    const turn = { world, signal: new AbortController().signal, log: openLog('silent') };
    await deliverDue(delivery, turn, ['mail']);
  }
  /** Of the mail that arrived last at this address. */
  function arrivedCode(): string {
    const mail = smtp.arrived.findLast(({ to }) => to[0] === address)?.mail;
    return /(?:認証コード：|Code: )(\d{8})$/m.exec(mail?.text ?? '')?.[1] ?? 'no code';
  }
  async function submitted(page: Page, typed: Record<string, string>): Promise<Page> {
    const { page: next } = await submit(browser, sekisho.issuer, page, typed);
    if (!next) throw new Error('the login has ended');
    return next;
  }
  /** The page after the right password. */
  async function arrive(): Promise<Page> {
    const asked = await ask(sekisho, party, browser);
    if (!asked.page) throw new Error('no page');
    begun = asked.begun;
    return submitted(asked.page, { username: 'a0123456', password: goodPassword });
  }

  it('lets a person in, and the service is told of two factors', async () => {
    await register();
    const page = await arrive();
    expect(page.html).toContain('h***@example.com');
    expect(page.html).not.toContain(address);
    await deliver();
    expect(smtp.arrived.map(({ to, mail }) => [to, mail.subject])).toEqual([
      [[address], '【京都大学統合認証システム】ログインの認証コード'],
    ]);
    expect(smtp.arrived[0]?.mail.text).toContain('サービス：図書館');
    const { left } = await submit(browser, sekisho.issuer, page, { code: arrivedCode() });
    if (!left) throw new Error('no answer');
    const claims = (await exchange(party, left, begun)).claims();
    expect(claims).toMatchObject({ acr: 'https://refeds.org/profile/mfa', amr: ['pwd', 'otp', 'mfa'] });
  });

  it('comes in the language of the page, from the device that asked', async () => {
    await register();
    browser.headers['accept-language'] = 'en';
    browser.headers['user-agent'] = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18.4 Safari/604.1';
    await arrive();
    await deliver();
    expect(smtp.arrived[0]?.mail).toMatchObject({ subject: '[Kyoto University] Your login code' });
    expect(smtp.arrived[0]?.mail.text).toMatch(/^Dear Hanako Kyoto,[\s\S]*Device: Safari \/ iPhone$/m);
  });

  it('lets one in of twenty who send it at once', async () => {
    await register();
    const page = await arrive();
    await deliver();
    const code = arrivedCode();
    const { action, fields } = formOf(page);
    fields.set('code', code);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        browser.send(new URL(action, sekisho.issuer), { method: 'POST', body: new URLSearchParams(fields) }),
      ),
    );
    const sessions = answers.flatMap(({ headers }) =>
      headers.getSetCookie().filter((cookie) => cookie.startsWith('sekisho-session=')),
    );
    expect(sessions).toHaveLength(1);
  });

  it('is late when the mail server is down, and says so; it comes when the server is back', async () => {
    await register();
    const { port } = smtp;
    await smtp.close();
    const page = await arrive();
    await deliver();
    const late = await browser.visit(page.url);
    expect(late.html).toContain('メールの送信が遅れています。');
    expect(late.html).toContain('value="another"');
    smtp = await openSmtp({ port });
    clock.advance(minutes(2));
    await deliver();
    const now = await browser.visit(page.url);
    expect(now.html).not.toContain('メールの送信が遅れています。');
    const { left } = await submit(browser, sekisho.issuer, now, { code: arrivedCode() });
    expect(left?.searchParams.has('code')).toBe(true);
  });

  it('that was asked for again is the only one that comes when the server is back', async () => {
    await register();
    const { port } = smtp;
    await smtp.close();
    const page = await arrive();
    await deliver();
    const early = await submitted(page, { choice: 'resend' });
    expect([early.status, early.headers.get('retry-after')]).toEqual([429, '60']);
    clock.advance(minutes(1));
    const again = await submitted(await browser.visit(page.url), { choice: 'resend' });
    smtp = await openSmtp({ port });
    clock.advance(minutes(2));
    await deliver();
    expect(smtp.arrived).toHaveLength(1);
    const { left } = await submit(browser, sekisho.issuer, again, { code: arrivedCode() });
    expect(left?.searchParams.has('code')).toBe(true);
  });

  it('registers an address in the middle of the login', async () => {
    const choosing = await arrive();
    const typing = await submitted(choosing, { choice: 'mail-code' });
    const refused = await submitted(typing, { address: 'hanako@st.kyoto-u.ac.jp' });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('大学のメールは同じパスワードで読めるため');
    expect(refused.html).toContain('value="hanako@st.kyoto-u.ac.jp"');
    const sent = await submitted(refused, { address });
    await deliver();
    expect(smtp.arrived.map(({ mail }) => mail.subject)).toContain(
      '【京都大学統合認証システム】通知用メールアドレスの確認',
    );
    const keeping = await submitted(sent, { code: arrivedCode() });
    const { left } = await submit(browser, sekisho.issuer, keeping, { choice: 'kept' });
    if (!left) throw new Error('no answer');
    expect((await exchange(party, left, begun)).claims()).toMatchObject({ acr: 'https://refeds.org/profile/mfa' });
  });

  it('leaves its digits in no log and in no page', async () => {
    await register();
    const page = await arrive();
    await deliver();
    await submitted(page, { code: '1234' });
    expect(page.html + sekisho.log.join('\n')).not.toContain(arrivedCode());
  });
});
