/** A person looks after their own account, on a phone and without JavaScript. */
import { expect, it } from '@jest/globals';
import { authenticatorApp } from '../support/authenticator-app.ts';
import { holdApps, openOwn, prove } from './account-pages.ts';
import { describeVisits } from './describe-visits.ts';
import { passwordOf, student } from './stage.ts';
import { plugIn } from './virtual-authenticator.ts';
import { overflow, send, typeAndSend, wordsOf } from './visit.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const chosen = 'Nanzen29jiSui';

describeVisits(
  'one’s own account on a phone',
  (scene) => {
    it('is reached from the header; the rule of a new password is explained while typing', async () => {
      const { page, stage } = scene();
      await page.goto(`${stage.issuer}/login`);
      await typeAndSend(page, student);
      await page.getByRole('link', { name: 'アカウント', exact: true }).click();
      await page.getByRole('link', { name: 'パスワードの変更' }).click();
      await page.locator('[name=current]').fill(passwordOf(student));
      await page.locator('[name=password]').pressSequentially('nanzen');
      expect((await page.locator('.rules-mark').allTextContents()).join('')).toBe('○✓○✓○');
      await page.locator('[name=password]').fill(chosen);
      await page.locator('[name=repeated]').fill(chosen);
      await send(page);
      expect(await wordsOf(page.getByRole('status'))).toContain('パスワードを変更しました。');
      expect(await overflow(page)).toBe(0);
    });

    it('logs another device out, and keeps this one', async () => {
      const { page, stage, visitAgain } = scene();
      const desktop = await visitAgain({ viewport: { width: 1280, height: 800 }, hasTouch: false });
      await openOwn(desktop, stage, '/account');
      await openOwn(page, stage, '/account/sessions');
      expect(await page.locator('.own-item').count()).toBe(2);
      expect(await page.locator('.own-item').first().locator('.badge').count()).toBe(1);
      await Promise.all([page.waitForEvent('domcontentloaded'), page.getByTestId('end').click()]);
      expect(await page.locator('.own-item').count()).toBe(1);
      await desktop.reload();
      await desktop.locator('[name=password]').waitFor();
    });
  },
  { browser: phone },
);

describeVisits('a passkey on one’s own account', (scene) => {
  it('is added, told by its product, named and removed', async () => {
    const { page, stage } = scene();
    await plugIn(page);
    await holdApps(stage, '私のスマートフォン');
    await openOwn(page, stage, '/account/factors');
    await send(page);
    await prove(page, stage);
    await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('[name=choice][value=passkey]').click()]);
    await send(page);
    await page.getByText('認証方法を追加しました。').waitFor();
    expect(await page.locator('.own-item').count()).toBe(2);
    expect(await wordsOf(page.locator('.own-item').last())).toContain('パスキー');
    await page.getByRole('link', { name: '名前の変更・削除' }).last().click();
    await Promise.all([page.waitForEvent('domcontentloaded'), page.getByTestId('remove').click()]);
    expect(await wordsOf(page.getByRole('status'))).toContain('認証方法を削除しました。');
    expect(await page.locator('.own-item').count()).toBe(1);
  });
});

describeVisits(
  'one’s own account without JavaScript',
  (scene) => {
    it('takes one more factor, a new name and a removal', async () => {
      const { page, stage } = scene();
      await holdApps(stage, '私のスマートフォン');
      await openOwn(page, stage, '/account/factors');
      await send(page);
      await prove(page, stage);
      await page.locator('button[value=totp]').click();
      const key = (await page.getByTestId('totp-key').textContent()) ?? '';
      await page.locator('[name=code]').fill(authenticatorApp(key).codeAt(stage.sekisho.ground.world.clock.now()));
      await send(page);
      expect(await wordsOf(page.getByRole('status'))).toContain('認証方法を追加しました。');
      expect(await page.locator('.own-item').count()).toBe(2);

      await page.getByRole('link', { name: '名前の変更・削除' }).last().click();
      await page.locator('#name').fill('新しいタブレット');
      await send(page);
      expect(await wordsOf(page.locator('.own-list'))).toContain('新しいタブレット');

      await page.getByRole('link', { name: '名前の変更・削除' }).first().click();
      await Promise.all([page.waitForEvent('domcontentloaded'), page.getByTestId('remove').click()]);
      expect(await page.locator('.own-item').count()).toBe(1);
      expect(await wordsOf(page.locator('.own-list'))).toContain('新しいタブレット');

      await Promise.all([page.waitForEvent('domcontentloaded'), page.getByTestId('make-codes').click()]);
      expect(await page.locator('.codes li').count()).toBe(10);
      await page.getByRole('link', { name: '利用履歴' }).click();
      expect(await wordsOf(page.locator('.own-log'))).toContain('新しいリカバリーコードを作成しました。');
    });
  },
  { browser: { ...phone, javaScriptEnabled: false } },
);
