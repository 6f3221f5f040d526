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

  const sizes = [390, 1280].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));

  it.each(sizes)('has nothing that axe objects to, and nothing that sticks out: $width $scheme', async (size) => {
    const { width, scheme } = size;
    const page = await browser.newPage({ viewport: { width, height: 844 }, colorScheme: scheme, locale: 'ja-JP' });
    for (const path of ['/', '/mails/1', '/mails/1?form=text', '/mails/1/html', '/mails/2/html']) {
      await page.goto(new URL(path, stage.mailbox.url).href);
      const axe = new AxeBuilder({ page }).setLegacyMode(true);
      // A mail has no landmarks: it is a letter, not a page.
      const { violations } = await (path.endsWith('html') ? axe.withTags(['wcag2a', 'wcag2aa']) : axe).analyze();
      expect(violations.map(({ id, nodes }) => [path, id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    await page.close();
  });

  it('fits the frame to the mail, and opens its links beside it', async () => {
    const page = await browser.newPage();
    await page.goto(`${stage.mailbox.url}/mails/1`);
    const frame = page.frameLocator('iframe');
    await page.locator('iframe[style*="height"]').waitFor();
    const hidden = 'document.querySelector("iframe").contentDocument.documentElement';
    expect(await page.evaluate(`${hidden}.scrollHeight <= ${hidden}.clientHeight`)).toBe(true);
    const [opened] = await Promise.all([page.waitForEvent('popup'), frame.getByRole('link').first().click()]);
    await opened.waitForLoadState();
    expect(opened.url()).toContain(`${stage.issuer}/not-me/`);
    expect(await opened.title()).toBe('the issuer');
  });

  it('shows a mail that arrives while one looks', async () => {
    const page = await browser.newPage();
    await page.goto(stage.mailbox.url);
    const before = await page.locator('.entry').count();
    await stage.send(mailContent());
    await page.locator('.entry').nth(before).waitFor();
  });
});
