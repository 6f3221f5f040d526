/** A second factor is not at hand: a recovery code, or the desk. In Chromium, on the way to KULASIS. */
import { expect, it } from '@jest/globals';
import { authenticatorApp } from '../support/authenticator-app.ts';
import { describeVisits } from './describe-visits.ts';
import { askForCode, visitDesk, withCodes } from './stand-in-pages.ts';
import { giveCode, givePassword, totpCount } from './totp-pages.ts';
import { overflow, send, wordsOf } from './visit.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describeVisits(
  'a person without their telephone',
  (scene) => {
    it('gives a recovery code as it was printed, hears how many are left, and goes on to KULASIS', async () => {
      const { page, stage } = scene();
      const [code = ''] = await withCodes(stage);
      await askForCode(page, stage);
      expect(await page.evaluate<string>('document.activeElement.name ?? ""')).toBe('code');
      expect(await overflow(page)).toBe(0);
      await giveCode(page, ` ${code.toLowerCase()}`);
      expect(await wordsOf(page.locator('main'))).toContain('残りは 9 個です。');
      expect(await overflow(page)).toBe(0);
      await send(page);
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
    });

    it('is told that a code was used before', async () => {
      const { page, stage, visitAgain } = scene();
      const [code = ''] = await withCodes(stage);
      await askForCode(page, stage);
      await giveCode(page, code);
      await send(page);
      const other = await visitAgain();
      await askForCode(other, stage);
      await giveCode(other, code);
      expect(await wordsOf(other.locator('#problem'))).toContain('一度使ったコードは使えません。');
    });
  },
  { browser: phone },
);

describeVisits(
  'a person who has lost their telephone, without JavaScript',
  (scene) => {
    it('comes back from the desk with a pass, sets up another app, and never needs the pass again', async () => {
      const { page, stage, visitAgain } = scene();
      const [old = ''] = await withCodes(stage);
      const pass = await visitDesk(stage);
      expect(await totpCount(stage)).toBe(0);
      await givePassword(page, stage);
      expect(await wordsOf(page.locator('h1'))).toBe('一時パスの入力');
      await giveCode(page, pass);
      expect(await wordsOf(page.locator('h1'))).toBe('多要素認証の設定');
      await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('[name=choice][value=totp]').click()]);
      await page.locator('summary').first().click();
      const mine = authenticatorApp(await wordsOf(page.getByTestId('totp-key')));
      await giveCode(page, mine.codeAt(Date.now()));
      const codes = await page.locator('.codes code').allInnerTexts();
      expect(codes).toHaveLength(10);
      expect(codes).not.toContain(old);
      await send(page);
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');

      const other = await visitAgain();
      await givePassword(other, stage);
      expect(await wordsOf(other.locator('h1'))).toBe('認証アプリのコードの入力');
    });
  },
  { browser: { javaScriptEnabled: false } },
);
