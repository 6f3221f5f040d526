/** A student reads the mail on a phone: from the link to the stopped account, and to the desk. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from '@jest/globals';
import { describeVisits } from './describe-visits.ts';
import { warn } from './not-me-pages.ts';
import { student } from './stage.ts';
import { isPasswordAsked, logIn, openLogin, overflow, send, typeAndSend, wordsOf } from './visit.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };

describeVisits(
  '"this was not me" on a phone',
  (scene) => {
    it.each([
      ['ja-JP', 'この操作に心当たりがありませんか', 'アカウントを停止しました', '停止しています'],
      ['en-GB', 'Was this not you?', 'Your account was stopped', 'This account was stopped'],
    ])(
      'leads from the mail to the stopped account, and the login says so (%s)',
      async (locale, heading, done, told) => {
        const { stage, visitAgain } = scene();
        const stranger = await visitAgain();
        await logIn(stranger, stage.kulasis, student);
        const page = await visitAgain({ locale });
        await page.goto(await warn(stage));
        expect(await wordsOf(page.locator('h1'))).toBe(heading);
        expect(await overflow(page)).toBe(0);
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

        await send(page);
        expect(await wordsOf(page.locator('h1'))).toBe(done);
        expect(await overflow(page)).toBe(0);
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        await page.reload();
        expect(await wordsOf(page.locator('h1'))).toBe(done);

        await stranger.goto(stage.issuer);
        expect(await stranger.locator('.tile').count()).toBe(0);
        await openLogin(page, stage.kulasis);
        await typeAndSend(page, student);
        expect(await wordsOf(page.locator('h1'))).toContain(told);
      },
    );

    it('changes nothing when the person closes the page', async () => {
      const { page, stage, visitAgain } = scene();
      await logIn(page, stage.kulasis, student);
      const reader = await visitAgain();
      await reader.goto(await warn(stage));
      await reader.close();
      await page.goto(`${stage.issuer}/login`);
      expect(await isPasswordAsked(page)).toBe(false);
    });
  },
  { browser: phone },
);
