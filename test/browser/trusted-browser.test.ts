/** A student ticks the box once, and is not asked for a code again in this browser. */
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeVisits } from './describe-visits.ts';
import { type Stage, student } from './stage.ts';
import { app } from './totp-pages.ts';
import { allowTrust } from './trust-pages.ts';
import { logIn, openLogin, send, typeAndSend, wordsOf } from './visit.ts';

async function logInWithCode(page: Page, stage: Stage): Promise<void> {
  await openLogin(page, stage.kulasis);
  await typeAndSend(page, student);
  await page.getByLabel('このブラウザを7日間信頼する').check();
  await page.locator('[name=code]').fill(app.codeAt(stage.sekisho.ground.world.clock.now()));
  await send(page);
  await page.getByTestId('name').waitFor();
}

const endSessions = (page: Page): Promise<void> => page.context().clearCookies({ name: /session/ });

describeVisits('a browser that its owner trusts', (scene) => {
  it('asks for no code from then on, also without scripts; another browser is asked', async () => {
    const { stage, visitAgain } = scene();
    await allowTrust(stage);
    const page = await visitAgain({ javaScriptEnabled: false });
    await logInWithCode(page, stage);
    await endSessions(page);
    await logIn(page, stage.kulasis, student);
    expect(await page.getByTestId('name').count()).toBe(1);

    const other = await visitAgain();
    await openLogin(other, stage.kulasis);
    await typeAndSend(other, student);
    expect(await wordsOf(other.locator('h1'))).toBe('認証アプリのコードの入力');
  });
});
