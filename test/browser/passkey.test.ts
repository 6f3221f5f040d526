/** A passkey on the way to KULASIS, in Chromium with an authenticator of its own. */
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { auditEvents } from '../../src/core/audit/event.ts';
import { describeVisits } from './describe-visits.ts';
import { comeBack, makePasskey, passkeysHeld, removePasskeys } from './passkey-pages.ts';
import { type Stage, student } from './stage.ts';
import { givePassword } from './totp-pages.ts';
import { openLogin, overflow, send, typeAndSend, wordsOf } from './visit.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const goOn = async (page: Page) => wordsOf(page.getByTestId('name'));
const says = (page: Page, what: string) => page.locator(`[data-passkey-says=${what}]:visible`);
const button = (page: Page) => page.locator('[data-passkey-begins]');
const auditTypes = async ({ sekisho }: Stage): Promise<readonly string[]> => {
  const { records } = await sekisho.ground.world.store.find(auditEvents, { index: 'byTime', limit: 1000 });
  return records.map(({ type }) => type);
};

describeVisits('a passkey', (scene) => {
  it('is made in the middle of a login, which goes on with it', async () => {
    const { page, stage } = scene();
    await makePasskey(page, stage);
    expect(await goOn(page)).toContain('京都 花子');
    expect(await passkeysHeld(stage)).toMatchObject([{ name: 'パスキー', transports: ['internal'] }]);
  });

  it('signs in from the field of the login name, without anything being typed or pressed', async () => {
    const { page, stage } = scene();
    const authenticator = await makePasskey(page, stage);
    await comeBack(page, authenticator);
    await authenticator.setPresence(true);
    await page.goto(stage.kulasis);
    await page.getByTestId('login').click();
    expect(await goOn(page)).toContain('京都 花子');
  });

  it('signs in by the button beside the password', async () => {
    const { page, stage } = scene();
    const authenticator = await makePasskey(page, stage);
    await comeBack(page, authenticator);
    await openLogin(page, stage.kulasis);
    await authenticator.setPresence(true);
    await button(page).click();
    expect(await goOn(page)).toContain('京都 花子');
    const [held] = await passkeysHeld(stage);
    expect(held?.signatureCount).toBeGreaterThan(1);
  });

  it('is asked for by itself after the password, where more is required', async () => {
    const { page, stage } = scene();
    const authenticator = await makePasskey(page, stage);
    await comeBack(page, authenticator);
    await openLogin(page, stage.kulasis);
    await authenticator.setPresence(true);
    await typeAndSend(page, student);
    expect(await goOn(page)).toContain('京都 花子');
  });

  it('that is not recognised is tried again, or gives way to another way', async () => {
    const { page, stage } = scene();
    const authenticator = await makePasskey(page, stage);
    await comeBack(page, authenticator);
    await authenticator.setRecognition(false);
    await authenticator.setPresence(true);
    await openLogin(page, stage.kulasis);
    await button(page).click();
    await says(page, 'cancelled').waitFor();
    expect(await wordsOf(button(page))).toBe('パスキーでログイン');
    await page.locator('[name=username]').fill('a0123456');

    await givePassword(page, stage);
    await says(page, 'cancelled').waitFor();
    await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('[value=another]').click()]);
    expect(await wordsOf(page.locator('h1'))).toBe('認証方法を選んでください');
    await Promise.all([page.waitForEvent('domcontentloaded'), page.locator('[value=passkey]').click()]);
    await says(page, 'cancelled').waitFor();
    await authenticator.setRecognition(true);
    await send(page);
    expect(await goOn(page)).toContain('京都 花子');
  });

  it('is not asked for by itself again when the page is loaded anew', async () => {
    const { page, stage } = scene();
    const authenticator = await makePasskey(page, stage);
    await comeBack(page, authenticator);
    await givePassword(page, stage);
    expect(await wordsOf(page.locator('h1'))).toBe('パスキーで確認してください');
    expect(await wordsOf(button(page))).toBe('確認を待っています…');
    await page.goto(page.url());
    await page.reload();
    expect(await wordsOf(button(page))).toBe('パスキーで確認');
  });

  it('that was removed is told so, and the browser is told to forget it', async () => {
    const { page, stage } = scene();
    const authenticator = await makePasskey(page, stage);
    await comeBack(page, authenticator);
    await removePasskeys(stage);
    await openLogin(page, stage.kulasis);
    await authenticator.setPresence(true);
    await button(page).click();
    await page.locator('#passkey-problem').waitFor();
    await authenticator.setPresence(false);
    expect(await wordsOf(page.locator('#passkey-problem'))).toContain('このパスキーは登録されていません。');
    await expect(authenticator.held()).resolves.toEqual([]);
  });

  it('whose count of signatures runs backwards is refused, with an alarm', async () => {
    const { page, stage } = scene();
    const authenticator = await makePasskey(page, stage);
    await comeBack(page, authenticator);
    await authenticator.turnBackCounters();
    await openLogin(page, stage.kulasis);
    await authenticator.setPresence(true);
    await typeAndSend(page, student);
    await page.locator('#passkey-problem').waitFor();
    expect(await wordsOf(page.locator('#passkey-problem'))).toContain('このパスキーではログインできません。');
    expect(await auditTypes(stage)).toContain('factor.counter_reversed');
  });

  it('leaves the first page with the password under 60 KB', async () => {
    const { page, stage } = scene();
    const sizes: Promise<number>[] = [];
    page.on('response', (response) => {
      if (new URL(response.url()).origin !== stage.issuer) return;
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      );
    });
    await openLogin(page, stage.kulasis);
    await page.waitForLoadState('networkidle');
    expect((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000);
  });
});

describeVisits(
  'a passkey on a phone, in English',
  (scene) => {
    it('is made, and signs in by the button', async () => {
      const { page, stage } = scene();
      const authenticator = await makePasskey(page, stage);
      expect(await passkeysHeld(stage)).toMatchObject([{ name: 'Passkey' }]);
      await comeBack(page, authenticator);
      await openLogin(page, stage.kulasis);
      expect(await overflow(page)).toBe(0);
      expect(await wordsOf(button(page))).toBe('Log in with a passkey');
      await authenticator.setPresence(true);
      await button(page).click();
      await page.getByTestId('name').waitFor();
    });
  },
  { browser: { ...phone, locale: 'en-US' } },
);

describeVisits(
  'a passkey without JavaScript',
  (scene) => {
    it('is neither offered nor missed: the password is there, and other ways are', async () => {
      const { page, stage } = scene();
      await openLogin(page, stage.kulasis);
      expect(await button(page).isVisible()).toBe(false);
    });
  },
  { browser: { javaScriptEnabled: false } },
);
