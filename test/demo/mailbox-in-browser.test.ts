import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium.ts';
import { mailContent, sampleMails } from '../mail/sample-mails.ts';
import { chromium, describeWith } from '../support/needs.ts';
import { type MailboxStage, openMailboxStage } from './mailbox-stage.ts';

describeWith(chromium, 'the mailbox in a browser', () => {
  let stage: MailboxStage;
  let browser: Browser;
  const issuer = createServer((_request, response) => void response.end('<title>the issuer</title>'));
  beforeAll(async () => {
    await new Promise<void>((resolve) => void issuer.listen(0, '127.0.0.1', resolve));
    stage = await openMailboxStage(`http://localhost:${(issuer.address() as AddressInfo).port}`);
    await stage.send(mailContent(), mailContent({ locale: 'en', mail: sampleMails.new_device_sign_in }));
    browser = await launchChromium(chromium.path);
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
    issuer.closeAllConnections();
    issuer.close();
  });

  it.each([390, 1280])('has nothing that axe objects to, and nothing that sticks out, at %i px', async (width) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme, locale: 'ja-JP' });
      const page = await context.newPage();
      for (const path of ['/', '/mails/1', '/mails/2', '/mails/1?form=text']) {
        await page.goto(new URL(path, stage.mailbox.url).href);
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(false).analyze();
        expect(violations.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html)])).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
      await context.close();
    }
  });

  it('fits the frame to the mail, and opens its links beside it', async () => {
    const page = await browser.newPage();
    await page.goto(`${stage.mailbox.url}/mails/1`);
    const frame = page.frameLocator('iframe');
    await page.waitForFunction('document.querySelector("iframe").style.height !== ""');
    const hidden = 'document.querySelector("iframe").contentDocument.documentElement';
    expect(await page.evaluate(`${hidden}.scrollHeight <= ${hidden}.clientHeight`)).toBe(true);
    const [opened] = await Promise.all([page.waitForEvent('popup'), frame.getByRole('link').first().click()]);
    await opened.waitForLoadState();
    expect(opened.url()).toBe(`${stage.issuer}/help`);
    expect(await opened.title()).toBe('the issuer');
  });

  it('shows a mail that arrives while one looks', async () => {
    const page = await browser.newPage();
    await page.goto(stage.mailbox.url);
    const before = await page.locator('.entry').count();
    await stage.send(mailContent());
    await page.waitForFunction(`document.querySelectorAll('.entry').length === ${before + 1}`);
  });
});
