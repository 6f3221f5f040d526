/** A student with a client certificate in the browser, at a service that requires a second factor. */

import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type CertificateMeans, certificateMeans } from '../http/certificate-stage.ts';
import { subjectOf, subjects } from '../http/certificate-visit.ts';
import { freePort } from '../support/free-port.ts';
import { type KeyedCertificate, openssl } from '../support/openssl-authority.ts';
import { describeVisits } from './describe-visits.ts';
import { openStage, type Stage, staff, student } from './stage.ts';
import { openLogin, overflow, send, typeAndSend, wordsOf } from './visit.ts';

let means: CertificateMeans;
let own: KeyedCertificate;
if (openssl.isMet) {
  beforeAll(() => {
    means = certificateMeans();
    own = means.authority.issue({ subject: subjectOf(student) });
  });
  afterAll(() => means.close());
}

async function openCertified(): Promise<Stage> {
  const port = String(await freePort());
  return openStage({
    isStrict: true,
    // With a certificate in it, the browser's connections go through Playwright, which knows no *.localhost (RFC 6761).
    async place() {
      const own = await freePort();
      return { origin: `http://127.0.0.1:${own}`, port: own };
    },
    environment: {
      ...subjects,
      SEKISHO__SERVER__CERTIFICATEORIGIN: `https://localhost:${port}`,
      SEKISHO__SERVER__CERTIFICATES__LISTEN__PORT: port,
      SEKISHO__SERVER__CERTIFICATES__LISTEN__KEY: join(means.folder, 'key.pem'),
      SEKISHO__SERVER__CERTIFICATES__LISTEN__CERTIFICATE: join(means.folder, 'certificate.pem'),
      SEKISHO__CERTIFICATES__AUTHORITIES: JSON.stringify([means.authority.file]),
      SEKISHO__CERTIFICATES__REVOCATION__WHENSTALE: 'accept',
    },
  });
}

const holding = ({ sekisho }: Stage, { key, certificate }: KeyedCertificate): BrowserContextOptions => ({
  ignoreHTTPSErrors: true,
  clientCertificates: [
    {
      origin: sekisho.ground.config.server.certificateOrigin ?? '',
      cert: Buffer.from(certificate),
      key: Buffer.from(key),
    },
  ],
});

const choose = (page: Page, choice: string) =>
  Promise.all([page.waitForEvent('domcontentloaded'), page.locator(`[name=choice][value="${choice}"]`).click()]);

/** By the password and the choice of ways to the page that asks for a certificate. */
async function arrive(page: Page, stage: Stage): Promise<void> {
  await openLogin(page, stage.kulasis);
  await typeAndSend(page, student);
  await choose(page, 'another');
  await choose(page, 'certificate');
}

/** What axe objects to, and what sticks out, on phone and desk. */
async function objections(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    found.push(...violations.map(({ id }) => `${width} ${id}`));
    if ((await overflow(page)) > 0) found.push(`${width}: wider than the window`);
  }
  return found;
}

describeVisits(
  'a client certificate in Chromium',
  (scene) => {
    it('leads into the service with one press, and stands among the factors', async () => {
      const { stage, visitAgain } = scene();
      const page = await visitAgain(holding(stage, own));
      await arrive(page, stage);
      expect(await objections(page)).toEqual([]);
      await page.getByTestId('continue').click();
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
      await page.goto(`${stage.issuer}/account/factors`);
      expect(await wordsOf(page.locator('main'))).toContain('クライアント証明書');
    });

    it('leads there without scripts too, with a press more', async () => {
      const { stage, visitAgain } = scene();
      const page = await visitAgain({ ...holding(stage, own), javaScriptEnabled: false });
      await arrive(page, stage);
      await send(page);
      expect(await wordsOf(page.locator('.card'))).toContain(`証明書を読み取りました: ${student}`);
      await send(page);
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
    });

    it('says what is wrong with that of another account, in both languages', async () => {
      const { stage, visitAgain } = scene();
      const page = await visitAgain(holding(stage, means.authority.issue({ subject: subjectOf(staff) })));
      await arrive(page, stage);
      await page.getByTestId('continue').click();
      await page.locator('#problem').waitFor();
      expect(await wordsOf(page.locator('#problem'))).toContain('このアカウントでは使えません');
      expect(await objections(page)).toEqual([]);
      await choose(page, 'another');
      await page.getByRole('link', { name: 'English' }).click();
      expect(await wordsOf(page.locator('main'))).toContain('Client certificate');
    });

    it('says that none was chosen, where the browser has none', async () => {
      const { stage, visitAgain } = scene();
      const page = await visitAgain({ ignoreHTTPSErrors: true });
      await arrive(page, stage);
      await send(page);
      expect(await wordsOf(page.locator('#problem'))).toContain('証明書が選ばれませんでした。');
      await page.getByRole('link', { name: 'English' }).click();
      expect(await wordsOf(page.locator('#problem'))).toContain('No certificate was chosen.');
      expect(await objections(page)).toEqual([]);
    });
  },
  { stage: openCertified, needs: openssl },
);
