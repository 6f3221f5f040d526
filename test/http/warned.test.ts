/** From a stranger's sign-in to the stopped account, by real mail: what arrives, where, and where its link leads. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { openLog } from '../../src/base/log.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import { deliverDue } from '../../src/core/notices/deliver-due.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { words } from '../../src/i18n/words.ts';
import { insert } from '../../src/store/port.ts';
import { openSmtp, type SmtpStage } from '../mail/smtp-stage.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { follow, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36';

let clock: FakeClock;
let smtp: SmtpStage;
let sekisho: TestSekisho;
beforeEach(async () => {
  clock = new FakeClock();
  smtp = await openSmtp();
  sekisho = await startSekisho({
    clock,
    environment: {
      SEKISHO__MAIL__HOST: '127.0.0.1',
      SEKISHO__MAIL__PORT: String(smtp.port),
      SEKISHO__MAIL__SECURITY: 'none',
      SEKISHO__MAIL__FROM: 'no-reply@auth.kyoto-u.ac.jp',
      SEKISHO__JOBS__SCHEDULES__OUTBOX: 'daily 03:10',
    },
  });
  const { id: accountId } = await sekisho.addAccount();
  const address = { id: 'mail-1', accountId, kind: 'mail-code' as const, name: 'mail', addedAt: 0 };
  await sekisho.ground.world.store.commit([insert(credentials, { ...address, address: 'hanako@example.com' })]);
});
afterEach(async () => {
  await sekisho.close();
  await smtp.close();
});

async function signIn(browser: CookieBrowser): Promise<void> {
  clock.advance(minutes(1));
  const { page } = await follow(browser, sekisho.issuer, '/login');
  if (page) await submit(browser, sekisho.issuer, page, { username: 'a0123456', password: goodPassword });
}

async function deliver(): Promise<void> {
  const { world, delivery } = sekisho.ground;
  await deliverDue(delivery, { world, signal: new AbortController().signal, log: openLog('silent') });
}

it('warns every address of a new device, not of the first sign-in nor of the same browser again', async () => {
  const own = new CookieBrowser();
  await signIn(own);
  await deliver();
  expect(smtp.arrived).toHaveLength(0);
  own.setCookie(sekisho.issuer, 'sekisho-session', 'none');
  await signIn(own);
  await deliver();
  expect(smtp.arrived).toHaveLength(0);

  const stranger = new CookieBrowser();
  stranger.headers['user-agent'] = windows;
  await signIn(stranger);
  await deliver();
  expect(smtp.arrived.flatMap(({ to }) => to).sort()).toEqual(['a0123456@st.kyoto-u.ac.jp', 'hanako@example.com']);
  const [first] = smtp.arrived;
  expect(first?.mail.subject).toBe('【京都大学統合認証システム】新しい端末からログインがありました');
  expect(first?.mail.text).toContain('端末：Chrome / Windows');
});

it('carries a link to the issuer, which leads to the stopped account', async () => {
  await signIn(new CookieBrowser());
  await signIn(new CookieBrowser());
  await deliver();
  const [link = ''] = /https?:\/\/\S+/.exec(smtp.arrived[0]?.mail.text ?? '') ?? [];
  expect(link.startsWith(`${sekisho.issuer}/not-me/`)).toBe(true);
  // Wrapped or not, the HTML leads to the very same place.
  expect(smtp.arrived[0]?.mail.html).toContain(`href="${link}"`);

  const owner = new CookieBrowser();
  const { page } = await submit(owner, sekisho.issuer, await owner.visit(link), {});
  expect(page?.html).toContain(words('ja').notMe.doneHeading);
  await deliver();
  expect(smtp.arrived.slice(2).map(({ mail }) => mail.subject)).toEqual(
    Array(2).fill('【京都大学統合認証システム】アカウントを停止しました'),
  );
  const account = await accountByLoginName(sekisho.ground.world.store, 'a0123456');
  expect(account).toMatchObject({ state: 'suspended', suspensionCause: 'not_me' });
});
