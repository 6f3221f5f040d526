/** The mail server is down for a day, while the university works: nobody waits for it, and everything owed gets there. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { hours, minutes } from '../../src/base/duration.ts';
import { openLog } from '../../src/base/log.ts';
import { setPassword } from '../../src/core/credentials/set-password.ts';
import { deliverDue } from '../../src/core/notices/deliver-due.ts';
import { notices } from '../../src/core/notices/notice.ts';
import { type Account, accounts } from '../../src/core/people/account.ts';
import { people } from '../../src/core/people/person.ts';
import { openSilence, openSmtp, type SmtpStage } from '../mail/smtp-stage.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { follow, submit } from '../support/relying-party.ts';
import { operator, startSekisho, type TestSekisho } from '../support/sekisho.ts';

let clock: FakeClock;
let sekisho: TestSekisho;
/** In the place of the server: takes connections and never answers, the longest that anybody could wait. */
let silence: Awaited<ReturnType<typeof openSilence>>;
let smtp: SmtpStage | undefined;
beforeEach(async () => {
  clock = new FakeClock();
  silence = await openSilence();
  sekisho = await startSekisho({
    clock,
    environment: {
      SEKISHO__MAIL__HOST: '127.0.0.1',
      SEKISHO__MAIL__PORT: String(silence.port),
      SEKISHO__MAIL__SECURITY: 'none',
      SEKISHO__MAIL__FROM: 'no-reply@auth.kyoto-u.ac.jp',
      // The turns of the outbox are the test's: by the clock that stands still, the node's own would only come again and again.
      SEKISHO__JOBS__SCHEDULES__OUTBOX: 'daily 03:10',
    },
  });
});
afterEach(async () => {
  await sekisho.close();
  await silence.close();
  await smtp?.close();
  smtp = undefined;
});

async function changePassword(id: string, password: string): Promise<void> {
  const { world, passwordKeeping } = sekisho.ground;
  const account = await world.store.get(accounts, id);
  const person = account && (await world.store.get(people, account.personId));
  if (!account || !person) throw new Error('no account');
  const outcome = await setPassword(world, passwordKeeping, operator, { account, person, password, by: 'operator' });
  expect(outcome).toEqual({ kind: 'set' });
}

async function canLogIn({ loginName }: Account, password: string): Promise<boolean> {
  const browser = new CookieBrowser();
  const { page } = await follow(browser, sekisho.issuer, '/login');
  if (page) await submit(browser, sekisho.issuer, page, { username: loginName, password });
  return browser.cookies(sekisho.issuer).has('sekisho-session');
}

async function deliver(signal = new AbortController().signal): Promise<void> {
  const { world, delivery } = sekisho.ground;
  await deliverDue(delivery, { world, signal, log: openLog('silent') }, ['mail']);
}
const states = async () =>
  (await sekisho.ground.world.store.find(notices, { index: 'byTime' })).records.map(({ state }) => state);

it('lets people in all day, and sends each mail once and in order when the server is back', async () => {
  const account = await sekisho.addAccount();
  // One delivery hangs on the silent server for as long as people log in.
  const hanging = new AbortController();
  await changePassword(account.id, 'Higashi8yama0');
  const stuck = deliver(hanging.signal);
  for (let turn = 1; turn <= 4; turn += 1) {
    clock.advance(hours(6));
    const password = `Higashi8yama${turn}`;
    await changePassword(account.id, password);
    expect(await canLogIn(account, password)).toBe(true);
  }
  hanging.abort();
  await stuck;
  const owed = await states();
  expect(new Set(owed)).toEqual(new Set(['due']));

  const { port } = silence;
  await silence.close();
  smtp = await openSmtp({ port });
  for (let turn = 0; turn < 3; turn += 1) {
    clock.advance(minutes(15));
    await deliver();
  }
  expect(new Set(await states())).toEqual(new Set(['sent']));
  const ids = smtp.arrived.map(({ mail }) => mail.messageId);
  expect(ids.length).toBe(owed.length);
  expect(new Set(ids).size).toBe(ids.length);
  const dates = smtp.arrived.map(({ mail }) => Date.parse(mail.date ?? ''));
  expect(dates).toEqual(dates.toSorted((a, b) => a - b));
}, 60_000);
