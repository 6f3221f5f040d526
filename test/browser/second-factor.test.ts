/** The demonstration as it is: KULASIS requires a second factor, on the phone and without scripts too. */
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { authenticatorApp } from '../support/authenticator-app.ts';
import { describeVisits } from './describe-visits.ts';
import { newcomer, openStage, type Stage, student, tooLate } from './stage.ts';
import { logIn, openLogin, overflow, send, typeAndSend, wordsOf } from './visit.ts';

const heading = (page: Page) => wordsOf(page.locator('h1'));

const choose = (page: Page, choice: string) =>
  Promise.all([page.waitForEvent('domcontentloaded'), page.locator(`[name=choice][value="${choice}"]`).click()]);

async function giveCode(page: Page, code: string): Promise<void> {
  await page.locator('[name=code]').fill(code);
  await send(page);
}

async function arrive(page: Page, stage: Stage, loginName: string): Promise<void> {
  await openLogin(page, stage.kulasis);
  await typeAndSend(page, loginName);
}

describeVisits(
  'on a phone without JavaScript, a student at a service that requires a second factor',
  (scene) => {
    it('gives the code of the app after the password, and is asked for the code alone where they are signed in', async () => {
      const { page, stage } = scene();
      await logIn(page, stage.mykuline, student);
      await page.goto(stage.kulasis);
      await page.getByTestId('login').click();
      expect(await heading(page)).toBe('認証アプリのコードの入力');
      expect(await wordsOf(page.locator('.card'))).toContain('KULASIS の利用には、多要素認証が必要です。');
      await giveCode(page, stage.codeOf(student));
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
    });

    it('chooses another way, and finds there what to do when none is at hand', async () => {
      const { page, stage } = scene();
      await arrive(page, stage, student);
      await choose(page, 'another');
      expect(await heading(page)).toBe('認証方法を選んでください');
      expect(await page.locator('.choice-factor').count()).toBe(1);
      expect(await wordsOf(page.locator('.after'))).toContain('情報環境支援センター');
      expect(await overflow(page)).toBe(0);
      await choose(page, 'totp');
      await giveCode(page, stage.codeOf(student));
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
    });

    it('sets up an app in the middle of the login, keeps the recovery codes, and arrives', async () => {
      const { page, stage } = scene();
      await arrive(page, stage, newcomer);
      expect(await heading(page)).toBe('多要素認証の設定');
      await choose(page, 'totp');
      const key = await wordsOf(page.getByTestId('totp-key'));
      await giveCode(page, authenticatorApp(key).codeAt(Date.now()));
      expect(await heading(page)).toBe('リカバリーコードを保管してください');
      expect(await page.locator('.codes li').count()).toBe(10);
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').click()]);
      expect(download.suggestedFilename()).toBe(`recovery-codes-${newcomer}.txt`);
      await choose(page, 'kept');
      expect(await wordsOf(page.getByTestId('name'))).toContain('桂 一葉');
    });

    it('goes back from what is being set up to what else there is', async () => {
      const { page, stage } = scene();
      await arrive(page, stage, newcomer);
      await choose(page, 'totp');
      await choose(page, 'other');
      expect(await heading(page)).toBe('多要素認証の設定');
    });

    it('reads what to bring to which desk when the time for setting up is over, and goes back', async () => {
      const { page, stage } = scene();
      await arrive(page, stage, tooLate);
      expect(await heading(page)).toBe('多要素認証の設定が必要です');
      const words = await wordsOf(page.locator('.card'));
      for (const part of ['申請書', '本人確認書類', '平日 9:00〜17:00']) expect(words).toContain(part);
      expect(await overflow(page)).toBe(0);
    });
  },
  {
    stage: () => openStage({ isStrict: true }),
    browser: { viewport: { width: 390, height: 844 }, javaScriptEnabled: false },
  },
);
