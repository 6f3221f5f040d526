/** What `npm run demo` starts: three services, and a mailbox in which a student finds what Sekisho wrote to them. */
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openLog } from '../../src/base/log.ts';
import { type RunningDemo, runDemo } from '../../src/cli/demo-run.ts';
import { authenticatorApp } from '../support/authenticator-app.ts';
import { chromium, describeWith } from '../support/needs.ts';
import { launchChromium } from './chromium.ts';
import { openLogin, send, typeAndSend, wordsOf } from './visit.ts';

describeWith(chromium, 'the demonstration', () => {
  let browser: Browser;
  let demo: RunningDemo;
  beforeAll(async () => {
    const log = openLog('silent');
    [browser, demo] = await Promise.all([
      launchChromium(chromium.path),
      freeRow(5).then((firstPort) => runDemo({ log, firstPort })),
    ]);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), demo?.close()]);
  });

  const urlOf = (name: string): string => demo.services.find((service) => service.name === name)?.url ?? '';

  async function visit(work: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ locale: 'ja-JP' });
    await work(await context.newPage());
    await context.close();
  }

  it('has its services where it says, each on a host and a port of its own', async () => {
    const { port } = new URL(demo.issuer);
    expect(
      demo.services.map(({ name, url, shows }) => [
        name,
        url.replace(/\d+$/, (own) => `+${Number(own) - Number(port)}`),
        shows,
      ]),
    ).toEqual([
      ['KUMOI', 'http://kumoi.localhost:+1', 'SAML 2.0'],
      ['KULASIS', 'http://kulasis.localhost:+2', 'OpenID Connect'],
      ['MyKULINE', 'http://mykuline.localhost:+3', 'OpenID Connect'],
      ['Mailbox', 'http://localhost:+4', 'the mails that Sekisho sent'],
    ]);
    await visit(async (page) => {
      for (const { name, url } of demo.services) {
        await page.goto(url);
        expect(await page.title()).toContain(name === 'Mailbox' ? 'デモのメール' : name);
      }
    });
  });

  it('shows a student in KUMOI the mail about a new device, with the way to say that it was not them', async () => {
    const [student] = demo.accounts;
    const { loginName = '', password, totpSecret } = student ?? {};
    const logIn = async (page: Page, service: string) => {
      await openLogin(page, urlOf(service));
      await typeAndSend(page, loginName, password ?? '');
    };
    // The first device of all is nothing to be warned of.
    await visit(async (page) => {
      await logIn(page, 'MyKULINE');
      await page.getByTestId('name').waitFor();
    });
    await visit(async (page) => {
      await logIn(page, 'KUMOI');
      await page.locator('[name=code]').fill(authenticatorApp(totpSecret ?? '').codeAt(Date.now()));
      await send(page);
      await page.getByTestId('name').waitFor();
      const arrived = page.locator('.mails li:has(em)');
      // It goes out within moments.
      while ((await arrived.count()) === 0) await page.reload();
      expect(await wordsOf(arrived)).toContain('新しい端末からログインがありました');
      await arrived.getByRole('link').click();
      expect(await wordsOf(page.getByTestId('text'))).toContain('京都 花子 様');
      await page.getByTestId('text').getByRole('link').first().click();
      expect(page.url()).toContain(`${demo.issuer}/not-me/`);
    });
  });
});

/** The first of so many ports that are free, below those that the system gives away by itself. */
async function freeRow(length: number): Promise<number> {
  for (let first = 20_000 + (process.pid % 1_000) * 10; first < 32_000; first += 10) {
    const row = Array.from({ length }, (_, place) => isFree(first + place));
    if ((await Promise.all(row)).every(Boolean)) return first;
  }
  throw new Error('no row of free ports');
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
