/** An authenticator app on the way to KULASIS, in Chromium. */
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { authenticatorApp } from '../support/authenticator-app.ts';
import { describeVisits } from './describe-visits.ts';
import { app, chooseApp, giveCode, givePassword, totpCount, withApp, wrongCode } from './totp-pages.ts';
import { overflow, send, wordsOf } from './visit.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const focused = (page: Page) => page.evaluate<string>('document.activeElement.name ?? ""');
const keyOn = async (page: Page): Promise<string> => wordsOf(page.getByTestId('totp-key'));
const goOn = async (page: Page) => wordsOf(page.getByTestId('name'));

describeVisits(
  'a code of an authenticator app on a phone',
  (scene) => {
    it('has the focus, takes what is pasted, and leads on to KULASIS', async () => {
      const { page, stage } = scene();
      await withApp(stage);
      await givePassword(page, stage);
      expect(await focused(page)).toBe('code');
      expect(await overflow(page)).toBe(0);
      const code = app.codeAt(Date.now());
      await giveCode(page, `${code.slice(0, 3)} ${code.slice(3)}`);
      expect(await goOn(page)).toContain('京都 花子');
    });

    it('has the focus again after a mistake, which is read out with the field', async () => {
      const { page, stage } = scene();
      await withApp(stage);
      await givePassword(page, stage);
      await giveCode(page, wrongCode());
      expect(await focused(page)).toBe('code');
      const description = (await page.locator('[name=code]').getAttribute('aria-describedby')) ?? '';
      expect(await wordsOf(page.locator(`#${description}`))).toContain('認証コードが正しくありません。');
      expect(await page.locator('[name=code]').inputValue()).toBe('');
      await giveCode(page, app.codeAt(Date.now()));
      expect(await goOn(page)).toContain('京都 花子');
    });

    it('is kept by nothing when the language changes', async () => {
      const { page, stage } = scene();
      await withApp(stage);
      await givePassword(page, stage);
      await page.locator('[name=code]').fill('123456');
      await page.getByRole('link', { name: 'English' }).click();
      expect(await wordsOf(page.locator('h1'))).toBe('Enter the code of your authenticator app');
      expect(await page.locator('[name=code]').inputValue()).toBe('');
    });

    it('can be set aside for the choice of another way', async () => {
      const { page, stage } = scene();
      await withApp(stage);
      await givePassword(page, stage);
      await page.locator('[name=choice][value=another]').click();
      await page.locator('h1', { hasText: '認証方法を選んでください' }).waitFor();
      await page.locator('[name=choice][value=totp]').click();
      await page.locator('[name=code]').waitFor();
    });

    it('is set up from the page itself, by a link into the app', async () => {
      const { page, stage } = scene();
      await chooseApp(page, stage);
      const link = page.getByRole('link', { name: 'このスマートフォンの認証アプリに登録' });
      expect(await link.isVisible()).toBe(true);
      const uri = new URL((await link.getAttribute('href')) ?? '');
      expect(decodeURIComponent(uri.pathname)).toMatch(/京大:a0123456$/);
      expect(await overflow(page)).toBe(0);
      await giveCode(page, authenticatorApp(uri.searchParams.get('secret') ?? '').codeAt(Date.now()));
      expect(await wordsOf(page.locator('h1'))).toContain('リカバリーコード');
      expect(await totpCount(stage)).toBe(1);
    });
  },
  { browser: phone },
);

describeVisits(
  'an authenticator app without JavaScript, on a desk',
  (scene) => {
    it('is set up by typing the key, keeps its name over a wrong code, and is asked for the next time', async () => {
      const { page, stage, visitAgain } = scene();
      await chooseApp(page, stage);
      expect(await page.locator('.qr-code').isVisible()).toBe(true);
      expect(await page.locator('a[href^="otpauth:"]').isVisible()).toBe(false);
      await page.locator('summary').first().click();
      const mine = authenticatorApp(await keyOn(page));
      await page.locator('[name=name]').fill('研究室のパソコン');
      await giveCode(page, mine.codeAt(Date.now() - 600_000));
      expect(await page.locator('[name=name]').inputValue()).toBe('研究室のパソコン');
      await giveCode(page, mine.codeAt(Date.now()));
      await send(page);
      expect(await goOn(page)).toContain('京都 花子');

      const other = await visitAgain();
      await givePassword(other, stage);
      expect(await wordsOf(other.locator('main'))).toContain('登録済みの認証アプリ: 研究室のパソコン');
      // The code that set it up is used; the next one is good already.
      await giveCode(other, mine.codeAt(Date.now() + 30_000));
      expect(await goOn(other)).toContain('京都 花子');
    });

    it('is given up for another kind, and nothing of it stays', async () => {
      const { page, stage } = scene();
      await chooseApp(page, stage);
      await page.locator('[name=choice][value=other]').click();
      await page.locator('h1', { hasText: '多要素認証の設定' }).waitFor();
      expect(await totpCount(stage)).toBe(0);
    });
  },
  { browser: { javaScriptEnabled: false } },
);
