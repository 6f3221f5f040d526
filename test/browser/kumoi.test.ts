/** KUMOI by SAML beside KULASIS and MyKULINE by OpenID Connect: one login, one session, one log-out. */
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeVisits } from './describe-visits.ts';
import { objections } from './objections.ts';
import { openStage, type Stage, staff, student } from './stage.ts';
import { logIn, openLogin, send, typeAndSend, wordsOf } from './visit.ts';

const name = async (page: Page) => wordsOf(page.getByTestId('name'));
const context = async (page: Page) => {
  await page.locator('.received summary').click();
  return wordsOf(page.locator('[data-claim="AuthnContextClassRef"] dd'));
};

/** A service's own button, and nothing to be typed. */
async function pressLogin(page: Page, service: string): Promise<void> {
  await page.goto(service);
  await page.getByTestId('login').click();
}

async function giveCode(page: Page, stage: Stage): Promise<void> {
  await page.locator('[name=code]').fill(stage.codeOf(student));
  await send(page);
}

async function logInWithCode(page: Page, stage: Stage): Promise<void> {
  await openLogin(page, stage.kumoi);
  await typeAndSend(page, student);
  await giveCode(page, stage);
  await page.getByTestId('name').waitFor();
}

const strict = { stage: () => openStage({ isStrict: true }) };

describeVisits(
  'KUMOI',
  (scene) => {
    it('is entered with a second factor, and the other services after it without a question', async () => {
      const { page, stage } = scene();
      await openLogin(page, stage.kumoi);
      expect(await wordsOf(page.locator('h1'))).toBe('KUMOI へのログイン');
      await typeAndSend(page, student);
      await giveCode(page, stage);
      await page.getByTestId('name').waitFor();
      expect(page.url()).toBe(`${stage.kumoi}/`);
      expect(await name(page)).toBe('京都 花子');
      expect(await page.getByTestId('address').innerText()).toBe('kyoto.hanako.12a@st.kyoto-u.ac.jp');
      expect(await context(page)).toBe('https://refeds.org/profile/mfa');
      for (const service of [stage.kulasis, stage.mykuline]) {
        await pressLogin(page, service);
        expect(await name(page)).toContain('花子');
      }
      await page.context().clearCookies({ name: 'kumoi_session' });
      await pressLogin(page, stage.kumoi);
      expect(await name(page)).toBe('京都 花子');
    });

    it('is entered from a link to a mail, and shows that mail', async () => {
      const { page, stage } = scene();
      await page.goto(`${stage.kumoi}/mails/report`);
      await typeAndSend(page, student);
      await giveCode(page, stage);
      await page.getByTestId('text').waitFor();
      expect(page.url()).toBe(`${stage.kumoi}/mails/report`);
    });

    it('asks whoever came with a password alone for the missing factor alone', async () => {
      const { page, stage } = scene();
      await logIn(page, stage.mykuline, student);
      await pressLogin(page, stage.kumoi);
      expect(await wordsOf(page.locator('h1'))).toBe('認証アプリのコードの入力');
      expect(await page.locator('[name=password]').count()).toBe(0);
      expect(await wordsOf(page.locator('.card'))).toContain('KUMOI の利用には、多要素認証が必要です。');
      await giveCode(page, stage);
      expect(await name(page)).toBe('京都 花子');
      await pressLogin(page, stage.kulasis);
      expect(await name(page)).toContain('花子');
    });

    it('lets a trusted browser do in place of the code, says what was really used, and KULASIS asks all the same', async () => {
      const { page, stage } = scene();
      await openLogin(page, stage.kumoi);
      await typeAndSend(page, student);
      await page.getByLabel('このブラウザを7日間信頼する').check();
      await giveCode(page, stage);
      await page.getByTestId('name').waitFor();
      await page.context().clearCookies({ name: /session/ });
      await logIn(page, stage.kumoi, student);
      expect(await context(page)).not.toContain('mfa');
      await pressLogin(page, stage.kulasis);
      expect(await wordsOf(page.locator('h1'))).toBe('認証アプリのコードの入力');
      expect(await page.locator('[name=trust]').count()).toBe(0);
    });

    it('is for students: others are told so, and the service that they were not let in', async () => {
      const { page, stage } = scene();
      await openLogin(page, stage.kumoi);
      await typeAndSend(page, staff);
      expect(await wordsOf(page.locator('h1'))).toBe('KUMOI は、このアカウントでは利用できません');
    });

    it('ends everything with its own button', async () => {
      const { page, stage } = scene();
      await logInWithCode(page, stage);
      for (const service of [stage.kulasis, stage.mykuline]) await pressLogin(page, service);
      await page.goto(stage.kumoi);
      await page.getByTestId('logout').click();
      await page.getByTestId('logged-out').waitFor();
      expect(await wordsOf(page.getByTestId('logged-out'))).toContain('それらからもログアウトしています');
      for (const service of [stage.kulasis, stage.mykuline]) {
        await page.goto(service);
        expect(await page.getByTestId('ended-elsewhere').count()).toBe(1);
      }
      await openLogin(page, stage.kumoi);
    });

    it('is ended from KULASIS, and says so on its next page', async () => {
      const { page, stage } = scene();
      await logInWithCode(page, stage);
      await pressLogin(page, stage.kulasis);
      await page.getByTestId('logout').click();
      await page.getByTestId('continue').click();
      await page.getByTestId('logged-out').waitFor();
      expect(new URL(page.url()).origin).toBe(stage.kulasis);
      await page.goto(`${stage.kumoi}/junk`);
      expect(await wordsOf(page.getByTestId('ended-elsewhere'))).toContain('KUMOI からも自動的にログアウトしました');
    });

    it('says itself, on the one page of the log-out, that it is done, as the others do', async () => {
      const { page, stage } = scene();
      await logInWithCode(page, stage);
      for (const service of [stage.kulasis, stage.mykuline]) await pressLogin(page, service);
      await page.goto(`${stage.issuer}/logout`);
      await page.getByTestId('continue').click();
      // Sekisho itself is the first of them.
      await page.locator('.logout-list > .logout-done').nth(3).waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/logout\/round\//);
      const names = await page.locator('.logout-done .logout-name').allInnerTexts();
      expect(names.slice(1).toSorted()).toEqual(['KULASIS', 'KUMOI', 'MyKULINE']);
      for (const service of [stage.kumoi, stage.kulasis, stage.mykuline]) {
        await page.goto(service);
        expect(await page.getByTestId('ended-elsewhere').count()).toBe(1);
      }
    });

    it('stands in the portal beside the others', async () => {
      const { page, stage } = scene();
      await logInWithCode(page, stage);
      await page.goto(stage.issuer);
      expect((await page.locator('.tile-name').allInnerTexts()).toSorted()).toEqual(['KULASIS', 'KUMOI', 'MyKULINE']);
      await page.getByRole('link', { name: 'KUMOI', exact: false }).first().click();
      expect(await name(page)).toBe('京都 花子');
    });

    it('has nothing that axe objects to before anybody is signed in', async () => {
      const { page, stage } = scene();
      for (const path of ['/?lang=ja', '/?lang=en', '/nothing']) {
        await page.goto(`${stage.kumoi}${path}`);
        expect([path, await objections(page)]).toEqual([path, []]);
      }
    });

    it.each([
      ['ja', '/', '/sent/report-maps'],
      ['en', '/', '/mails/phishing'],
      ['ja', '/mails/phishing', '/junk'],
      ['en', '/sent', '/junk'],
    ])('has nothing that axe objects to, and nothing that sticks out: %s %s %s', async (language, ...paths) => {
      const { page, stage } = scene();
      await logInWithCode(page, stage);
      for (const path of paths) {
        await page.goto(`${stage.kumoi}${path}?lang=${language}`);
        await page.locator('.received summary').click();
        expect([path, await objections(page)]).toEqual([path, []]);
      }
    });
  },
  strict,
);

describeVisits(
  'KUMOI on a phone without JavaScript',
  (scene) => {
    it('is entered and left with one press more', async () => {
      const { page, stage } = scene();
      await openLogin(page, stage.kumoi);
      await typeAndSend(page, student);
      await giveCode(page, stage);
      expect(await wordsOf(page.locator('h1'))).toContain('KUMOI');
      await page.getByTestId('continue').click();
      await page.getByTestId('name').waitFor();
      await pressLogin(page, stage.kulasis);
      expect(await name(page)).toContain('花子');
      await page.getByTestId('logout').click();
      await send(page);
      expect(new URL(page.url()).pathname).toMatch(/^\/logout\/round\//);
      await page.getByTestId('logout-next').click();
      expect(new URL(page.url()).pathname).toMatch(/^\/logout\/round\//);
      expect(await page.getByTestId('logout-next').count()).toBe(0);
      await page.getByTestId('continue').click();
      expect(new URL(page.url()).origin).toBe(stage.kulasis);
      await page.getByTestId('logged-out').waitFor();
      await page.goto(stage.kumoi);
      expect(await page.getByTestId('ended-elsewhere').count()).toBe(1);
    });
  },
  { ...strict, browser: { viewport: { width: 390, height: 844 }, javaScriptEnabled: false } },
);
