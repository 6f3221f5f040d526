/** Logging out once, in Chromium: services that are told in frames, by form, between servers; and as a chain without a script. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { planEntry } from '../../src/core/sessions/keep.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { newSigner } from '../protocols/saml/sample-keys.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type LogoutListener, openLogoutListener } from '../support/logout-listener.ts';
import { chromium, describeWith } from '../support/needs.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { launchChromium } from './chromium.ts';
import { openSamlService, type SamlService } from './saml-party.ts';

describeWith(chromium, 'logging out everywhere', () => {
  let browser: Browser;
  let key: SigningKey;
  let sekisho: TestSekisho;
  let clock: FakeClock | undefined;
  let context: BrowserContext;
  let page: Page;
  let isScripted: boolean;
  let moodle: SamlService;
  let kumoi: SamlService;
  let library: LogoutListener;
  let framed: Server;
  const complaints: string[] = [];
  const frames: string[] = [];

  beforeAll(async () => {
    [browser, key] = await Promise.all([launchChromium(chromium.path), newSigner()]);
    library = await openLogoutListener();
    framed = createServer((request, response) => {
      frames.push(request.url ?? '');
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><html lang="en"><title>out</title>');
    });
    await new Promise<void>((resolve) => void framed.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    framed.closeAllConnections();
    await Promise.all([browser.close(), library.goDown(), new Promise((resolve) => framed.close(resolve))]);
  });

  async function open(options: { clock?: FakeClock; isScripted?: boolean } = {}): Promise<void> {
    isScripted = options.isScripted ?? true;
    sekisho = await startSekisho(options.clock ? { clock: options.clock } : {});
    await sekisho.addAccount();
    moodle = await openSamlService(sekisho, 'moodle', key);
    kumoi = await openSamlService(sekisho, 'kumoi', key, 'post');
    context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: isScripted });
    context.on('console', (line) => {
      if (line.type() === 'error' && !/favicon/.test(line.location().url)) complaints.push(line.text());
    });
    page = await context.newPage();
  }
  beforeEach(() => {
    complaints.length = 0;
    frames.length = 0;
    clock = undefined;
  });
  afterEach(async () => {
    await context.close();
    await Promise.all([moodle.close(), kumoi.close()]);
    await sekisho.close();
    expect(complaints).toEqual([]);
  });

  async function enterBoth(): Promise<void> {
    await page.goto(`${moodle.origin}/login`);
    await page.locator('[name=username]').fill('a0123456');
    await page.locator('[name=password]').fill(goodPassword);
    await page.getByTestId('continue').click();
    await arrived(moodle);
    await page.goto(`${kumoi.origin}/login`);
    await arrived(kumoi);
    expect([moodle.signedIn.size, kumoi.signedIn.size]).toEqual([1, 1]);
  }

  /** Without a script the person presses the button that sends the response. */
  async function arrived({ origin }: SamlService): Promise<void> {
    if (!isScripted) await page.getByTestId('continue').click();
    await page.waitForURL(`${origin}/acs`);
  }

  /** As if they had been entered by OpenID Connect: one that listens between servers, one with a page for frames. */
  async function enterByOidc(): Promise<void> {
    const { world } = sekisho.ground;
    await sekisho.addConnection({ id: 'library', oidc: { backchannelLogoutUri: library.url } });
    const frontchannelLogoutUri = `http://localhost:${(framed.address() as AddressInfo).port}/front`;
    await sekisho.addConnection({ id: 'syllabus', oidc: { frontchannelLogoutUri } });
    for (const connectionId of ['library', 'syllabus']) {
      const [session] = (await world.store.find(sessions, { index: 'byEnd' })).records;
      const handles = { sid: `sid of ${connectionId}` };
      const entered = { connectionId, protocol: 'oidc' as const, enteredAt: world.clock.now(), handles };
      const entry = session && planEntry(session, entered);
      if (entry) await world.store.commit([entry]);
    }
  }

  async function logOutHere(): Promise<void> {
    await page.goto(`${sekisho.issuer}/logout`);
    await page.getByTestId('continue').click();
    await page.waitForURL(`${sekisho.issuer}/logout/round/*`);
  }

  const state = (name: string) => page.locator('.logout-item', { hasText: name });

  it('tells services by both protocols, in frames, by form and between servers, and says what is known of each', async () => {
    await open();
    await enterBoth();
    await enterByOidc();
    await logOutHere();
    for (const name of ['moodle の名前', 'kumoi の名前', 'library']) {
      await state(name).and(page.locator('.logout-done')).waitFor();
    }
    await state('syllabus').and(page.locator('.logout-silent')).waitFor();
    await page.locator('[data-standing=told]').waitFor();
    expect([moodle.signedIn.size, kumoi.signedIn.size, library.heard.length]).toEqual([0, 0, 1]);
    const query = new URLSearchParams({ iss: sekisho.issuer, sid: 'sid of syllabus' });
    expect(frames).toEqual([`/front?${query}`]);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });

  it('goes back by itself to the service that asked, which hears that all are logged out', async () => {
    await open();
    await enterBoth();
    await page.goto(`${moodle.origin}/logout`);
    await page.waitForURL(`${moodle.origin}/slo?*`);
    expect(await page.locator('h1').innerText()).toBe('logged out everywhere, mine');
    expect(kumoi.signedIn.size).toBe(0);
  });

  it('says so when a service does not answer, and lets the person go there', async () => {
    clock = new FakeClock();
    clock.advance(Date.now() - clock.now());
    await open({ clock });
    await enterBoth();
    moodle.manner = 'silent';
    await logOutHere();
    await state('kumoi の名前').and(page.locator('.logout-done')).waitFor();
    await state('moodle の名前').and(page.locator('.logout-asked')).waitFor();
    clock.advance(15_000);
    await page.locator('[data-standing=lacking]').waitFor();
    expect(moodle.signedIn.size).toBe(1);
    moodle.manner = 'good';
    await page.getByTestId('logout-go').click();
    await page.locator('[data-standing=whole]').waitFor();
    expect(moodle.signedIn.size).toBe(0);
  });

  it('says so when a service answers that it could not', async () => {
    await open();
    await enterBoth();
    moodle.manner = 'fails';
    await logOutHere();
    await state('moodle の名前').and(page.locator('.logout-failed')).waitFor();
    await page.locator('[data-standing=lacking]').waitFor();
  });

  it('works as a chain without a script', async () => {
    await open({ isScripted: false });
    await enterBoth();
    await logOutHere();
    await page.getByTestId('logout-next').click();
    await state('moodle の名前').and(page.locator('.logout-done')).waitFor();
    await page.getByTestId('logout-next').click();
    // By form: without a script the person sends it.
    await page.getByTestId('continue').click();
    await page.locator('[data-standing=whole]').waitFor();
    expect([moodle.signedIn.size, kumoi.signedIn.size]).toEqual([0, 0]);
  });
});
