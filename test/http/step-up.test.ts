/** What a service asks of a session that has proven less, or longer ago (OIDC Core 3.1.2.1, 5.5.1.1). */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import { insert } from '../../src/store/port.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { exchange, follow, type Party, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { type Asked, answerOf, ask, enter, openService } from './enter.ts';

const sfa = 'https://refeds.org/profile/sfa';
const mfa = 'https://refeds.org/profile/mfa';
const aal2 = 'https://www.gakunin.jp/profile/AAL2';
const app = authenticatorApp(sampleSecret);
const amr = ['pwd', 'otp', 'mfa'];

let clock: FakeClock;
let sekisho: TestSekisho;
let party: Party;
let browser: CookieBrowser;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  party = await openService(sekisho);
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

async function holdApp(): Promise<void> {
  const { world, masterKey } = sekisho.ground;
  const { id } = await sekisho.addAccount();
  await world.store.commit([insert(credentials, heldApp(masterKey, id))]);
}

/** Which page it is, by the step that its form names. */
const stepOn = ({ page }: Pick<Asked, 'page'>): string =>
  /name="step" value="([^"]+)"/.exec(page?.html ?? '')?.[1] ?? '';

const rightly: Readonly<Record<string, () => Record<string, string>>> = {
  password: () => ({ username: 'a0123456', password: goodPassword }),
  totp: () => ({ code: app.codeAt(clock.now()) }),
};

/** Goes to the service and gives what is asked; answers the steps, and what the service was told of it. */
async function go(parameters: Record<string, string> = {}, service = party) {
  const steps: string[] = [];
  let asked: Pick<Asked, 'page' | 'left'>;
  const { begun, ...first } = await ask(sekisho, service, browser, parameters);
  asked = first;
  while (asked.page) {
    const step = stepOn(asked);
    const fields = rightly[step];
    if (!fields) throw new Error(`nothing was expected to be asked at ${asked.page.url.pathname}: ${step}`);
    steps.push(step);
    asked = await submit(browser, sekisho.issuer, asked.page, fields());
  }
  const claims = (await exchange(service, asked.left as URL, begun)).claims();
  return { steps, told: { acr: claims?.acr, amr: claims?.amr, at: Number(claims?.auth_time) } };
}

const seconds = () => clock.now() / 1000;
const claims = (acr: object) => ({ claims: JSON.stringify({ id_token: { acr } }) });

describe('a session that has only a password', () => {
  it('is asked for the missing factor alone, and the oldest of both is the time of the login', async () => {
    await holdApp();
    await enter(sekisho, party, {}, browser);
    const passwordAt = seconds();
    clock.advance(minutes(20));
    const strict = await openService(sekisho, { id: 'strict', requiredLevel: 'mfa' });
    expect(await go({}, strict)).toEqual({ steps: ['totp'], told: { acr: mfa, amr, at: passwordAt } });
    // What was reached counts everywhere.
    expect((await go({}, strict)).steps).toEqual([]);
    expect(await go()).toEqual({ steps: [], told: { acr: mfa, amr, at: passwordAt } });
  });

  it.each<[string, Record<string, string>]>([
    ['by value', claims({ essential: true, value: mfa })],
    ['by values, in order of preference', claims({ essential: true, values: [aal2, mfa] })],
  ])('is stepped up for an essential acr, %s', async (_how, parameters) => {
    await holdApp();
    await enter(sekisho, party, {}, browser);
    expect(await go(parameters)).toMatchObject({ steps: ['totp'], told: { acr: mfa, amr } });
  });

  it('is told what it is where less is asked for, also when more is true', async () => {
    await holdApp();
    await go(claims({ essential: true, value: mfa }));
    expect((await go(claims({ essential: true, value: sfa }))).told).toMatchObject({ acr: sfa, amr });
    expect((await go(claims({ essential: true, values: [sfa, mfa] }))).told).toMatchObject({ acr: sfa });
  });

  it('follows acr_values where the person has the means', async () => {
    await holdApp();
    await enter(sekisho, party, {}, browser);
    expect(await go({ acr_values: mfa })).toMatchObject({ steps: ['totp'], told: { acr: mfa } });
  });

  it('stops nobody by acr_values who has no means, or puts the wish aside, and claims nothing', async () => {
    await sekisho.addAccount();
    await enter(sekisho, party, {}, browser);
    const without = await go({ acr_values: mfa });
    expect(without.steps).toEqual([]);
    expect(without.told).toMatchObject({ acr: undefined, amr: ['pwd'] });
    expect((await go({ acr_values: `${mfa} ${sfa}` })).told).toMatchObject({ acr: sfa });
  });

  it('lets a wish be put aside', async () => {
    await holdApp();
    await enter(sekisho, party, {}, browser);
    const { page } = await ask(sekisho, party, browser, { acr_values: mfa });
    if (!page) throw new Error('nothing was asked');
    const choose = await submit(browser, sekisho.issuer, page, { choice: 'another' });
    expect(choose.page?.html).toContain('多要素認証をせずに続ける');
    const { left } = await submit(browser, sekisho.issuer, choose.page as typeof page, { choice: 'skip' });
    expect(left?.searchParams.has('code')).toBe(true);
  });
});

describe('a login that was longer ago than the service allows', () => {
  it('is asked for all of it by prompt=login', async () => {
    await holdApp();
    const strict = await openService(sekisho, { id: 'strict', requiredLevel: 'mfa' });
    await go({}, strict);
    clock.advance(minutes(1));
    expect(await go({ prompt: 'login' }, strict)).toEqual({
      steps: ['password', 'totp'],
      told: { acr: mfa, amr, at: seconds() },
    });
    // Where no level is asked for, the password is enough, and nothing is claimed of what was not repeated.
    clock.advance(minutes(1));
    expect(await go({ prompt: 'login' })).toEqual({
      steps: ['password'],
      told: { acr: sfa, amr: ['pwd'], at: seconds() },
    });
  });

  it('is asked by max_age only for what is too old', async () => {
    await holdApp();
    const strict = await openService(sekisho, { id: 'strict', requiredLevel: 'mfa' });
    await enter(sekisho, party, {}, browser);
    clock.advance(minutes(8));
    expect((await go({}, strict)).steps).toEqual(['totp']);
    const appAt = seconds();
    clock.advance(minutes(4));
    expect(await go({ max_age: '600' }, strict)).toEqual({ steps: ['password'], told: { acr: mfa, amr, at: appAt } });
    clock.advance(minutes(7));
    const passwordAt = seconds() - 7 * 60;
    expect(await go({ max_age: '600' }, strict)).toEqual({ steps: ['totp'], told: { acr: mfa, amr, at: passwordAt } });
  });
});

describe('where no page may be shown', () => {
  const none = (parameters: Record<string, string> = {}) =>
    answerOf(sekisho, party, browser, { prompt: 'none', ...parameters });
  const essential = claims({ essential: true, value: mfa });

  it('says login_required where the missing factor would be asked for', async () => {
    await holdApp();
    await enter(sekisho, party, {}, browser);
    expect(await none(essential)).toBe('login_required');
  });

  it('says unmet_authentication_requirements where a desk has to see the person first', async () => {
    await sekisho.addAccount();
    await enter(sekisho, party, {}, browser);
    expect(await none(essential)).toBe('unmet_authentication_requirements');
  });

  it('does not turn somebody away for a wish', async () => {
    await holdApp();
    await enter(sekisho, party, {}, browser);
    expect(await none({ acr_values: mfa })).toBe('code');
  });
});

describe('somebody without a second factor, outside the window', () => {
  it('reads what to do, and the service is told when they go back', async () => {
    await sekisho.addAccount();
    const strict = await openService(sekisho, { id: 'strict', requiredLevel: 'mfa' });
    const { page } = await ask(sekisho, strict, browser);
    const denied = await submit(browser, sekisho.issuer, page as NonNullable<typeof page>, rightly.password?.() ?? {});
    expect(denied.page?.status).toBe(403);
    for (const part of ['多要素認証の設定が必要です', '本人確認書類', '申請書', '学術情報メディアセンター南館']) {
      expect(denied.page?.html).toContain(part);
    }
    const back = /href="(\/login\/[^"]+\/return)"/.exec(denied.page?.html ?? '')?.[1] ?? '';
    const { left } = await follow(browser, sekisho.issuer, back);
    expect(left?.searchParams.get('error')).toBe('unmet_authentication_requirements');
    // The password was right: other services need no second one.
    expect(await answerOf(sekisho, party, browser, { prompt: 'none' })).toBe('code');
  });
});
