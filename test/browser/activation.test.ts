/** A first-year student with a letter and a phone: from the letter to KULASIS. */
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { choosePassword, issueKey, typeKey } from './activation-pages.ts';
import { auditTrail } from './audit-trail.ts';
import { describeVisits } from './describe-visits.ts';
import { neverActivated, passwordOf, student } from './stage.ts';
import { logIn, openLogin, overflow, send, typeAndSend, wordsOf } from './visit.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const chosen = 'Nanzen29jiSui';

/** What stands at each demand that the page can judge: ○ or ✓. */
const marks = async (page: Page): Promise<string> => (await page.locator('.rules-mark').allTextContents()).join('');

describeVisits(
  'activation on a phone',
  (scene) => {
    it.each([
      ['ja-JP', 'はじめて使うとき(アカウントの有効化)', 'アカウントを有効化しました'],
      ['en-GB', 'First time here (activate your account)', 'Your account is active'],
    ])('leads from the login page to the activated account, and on to KULASIS (%s)', async (locale, link, done) => {
      const { stage, visitAgain } = scene();
      const page = await visitAgain({ locale });
      await openLogin(page, stage.kulasis);
      await page.getByRole('link', { name: link }).click();
      await page.locator('[name=username]').fill(neverActivated);
      await page.locator('[name=key]').fill(stage.activationKey.toLowerCase().replaceAll('-', ' '));
      expect(await overflow(page)).toBe(0);
      await send(page);

      expect(await marks(page)).toBe('○○○○○');
      await page.locator('[name=password]').pressSequentially('nanzen');
      expect(await marks(page)).toBe('○✓○✓○');
      await page.locator('[name=password]').fill(chosen);
      expect(await marks(page)).toBe('✓✓✓✓✓');
      expect(await wordsOf(page.locator('#password-rules-met'))).not.toBe('');
      await page.locator('[name=password]').fill('Ｎanzen29jisui-and-more');
      expect(await marks(page)).toBe('✓○✓✓✓');
      expect(await overflow(page)).toBe(0);
      await choosePassword(page, chosen);
      expect(await wordsOf(page.locator('h1'))).toBe(done);

      await openLogin(page, stage.kulasis);
      await typeAndSend(page, neverActivated, chosen);
      expect(await wordsOf(page.getByTestId('name'))).toContain('伏見 五月');
      expect(await auditTrail(stage.sekisho, 'terms.accepted')).toHaveLength(1);
    });

    it('sets a new password with a new key, and logs the old sessions out', async () => {
      const { page, stage, visitAgain } = scene();
      await logIn(page, stage.kulasis, student);
      const other = await visitAgain();
      await typeKey(other, stage, await issueKey(stage, student), student);
      expect(await wordsOf(other.locator('main'))).toContain('これまでのログインはすべて終了します');
      await choosePassword(other, chosen);
      await send(other);
      await typeAndSend(other, student, passwordOf(student));
      expect(await wordsOf(other.locator('#problem'))).toContain('正しくありません');
      await typeAndSend(other, student, chosen);
      expect(await wordsOf(other.locator('h1'))).toBe('サービス一覧');
      await page.goto(stage.issuer);
      expect(await page.locator('.tile').count()).toBe(0);
    });

    it('keeps the typed ID when the language changes, and the key out of what the browser stores', async () => {
      const { page, stage } = scene();
      await page.goto(`${stage.issuer}/activate`);
      await page.locator('[name=username]').fill(neverActivated);
      await page.locator('[name=key]').fill(stage.activationKey);
      const stored = page.evaluate<string>(
        "new Promise((tell) => document.querySelector('[data-keeps-typed]').addEventListener('click', (event) => { event.preventDefault(); tell(JSON.stringify({ ...sessionStorage })); }))",
      );
      await page.getByRole('link', { name: 'English' }).click();
      expect(await stored).toContain(neverActivated);
      expect(await stored).not.toContain(stage.activationKey);
    });
  },
  { browser: phone },
);

describeVisits(
  'activation without JavaScript',
  (scene) => {
    it('explains the rule as a list, refuses, takes the second try, and lets the person log in', async () => {
      const { page, stage } = scene();
      await page.goto(stage.issuer);
      await page.getByRole('link', { name: 'アカウントの有効化' }).click();
      await page.locator('[name=username]').fill(neverActivated);
      await page.locator('[name=key]').fill(stage.activationKey);
      await send(page);
      expect(await page.locator('#password-rules li').count()).toBe(5);
      expect(await page.locator('.rules-mark').count()).toBe(0);
      await choosePassword(page, 'satsuki');
      expect(await wordsOf(page.locator('#problem'))).toContain('12文字以上にしてください。');
      expect(await page.locator('[name=accept]').isChecked()).toBe(true);
      expect(await page.locator('[name=password]').inputValue()).toBe('');
      await choosePassword(page, chosen);
      await send(page);
      await typeAndSend(page, neverActivated, chosen);
      expect(await wordsOf(page.locator('h1'))).toBe('サービス一覧');
    });

    it('is done once when the button is pressed twice', async () => {
      const { page, stage } = scene();
      await typeKey(page, stage);
      await page.locator('[name=accept]').check();
      await page.locator('[name=password]').fill(chosen);
      await page.locator('[name=repeated]').fill(chosen);
      await page.getByTestId('continue').dblclick();
      await page.getByRole('heading', { name: 'アカウントを有効化しました' }).waitFor();
      expect(await auditTrail(stage.sekisho, 'activation.key_used')).toHaveLength(1);
    });
  },
  { browser: { ...phone, javaScriptEnabled: false } },
);
