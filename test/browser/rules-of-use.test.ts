import { expect, it } from '@jest/globals';
import { askConsent } from './ask-consent.ts';
import { auditTrail } from './audit-trail.ts';
import { describeVisits } from './describe-visits.ts';
import { manyRoles, student } from './stage.ts';
import { logIn, openLogin, overflow, send, typeAndSend, wordsOf } from './visit.ts';

const phone = { viewport: { width: 390, height: 844 } };

describeVisits(
  'what a person is asked before the first use',
  (scene) => {
    it('shows the rules of use once, on a phone, to somebody with a long name and three affiliations', async () => {
      const { page, stage } = scene();
      await openLogin(page, stage.kulasis);
      await typeAndSend(page, manyRoles);
      expect(await wordsOf(page.locator('.terms'))).toContain('全学アカウントはあなた本人だけのものです。');
      expect(await overflow(page)).toBe(0);
      await send(page);
      expect(await wordsOf(page.getByTestId('affiliation'))).toMatch(/学生.*職員|職員.*学生/);
      expect(await auditTrail(stage.sekisho, 'terms.accepted')).toHaveLength(1);

      await page.goto(stage.issuer);
      expect(await wordsOf(page.locator('main'))).toContain('ムハンマド・アブドゥルラフマーン');
      expect(await overflow(page)).toBe(0);
      await page.goto(`${stage.issuer}/logout`);
      expect(await overflow(page)).toBe(0);
      await send(page);
      await page.context().clearCookies({ name: 'kulasis_session' });
      await logIn(page, stage.kulasis, manyRoles);
    });

    it('goes back to the service, unknown there and signed in nowhere, when the rules are declined', async () => {
      const { page, stage } = scene();
      await openLogin(page, stage.kulasis);
      await typeAndSend(page, manyRoles);
      await page.getByRole('button', { name: '同意しない' }).click();
      await page.waitForURL(`${stage.kulasis}/**`);
      expect(await page.getByTestId('name').count()).toBe(0);
      await page.goto(stage.issuer);
      expect(await page.locator('.tile').count()).toBe(0);
    });

    it('shows the values before a service that asks for consent receives them, and only the first time', async () => {
      const { page, stage } = scene();
      await askConsent(stage, 'mykuline');
      await openLogin(page, stage.mykuline);
      await typeAndSend(page, student);
      expect(await wordsOf(page.locator('h1'))).toBe('MyKULINE に送る情報の確認');
      const values = await wordsOf(page.locator('.values'));
      for (const value of [
        '京都 花子',
        'kyoto.hanako.12a@st.kyoto-u.ac.jp',
        '1029361234',
        '工学部',
        '学生 (student)',
      ]) {
        expect(values).toContain(value);
      }
      expect(await overflow(page)).toBe(0);
      await send(page);
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');

      await page.goto(`${stage.issuer}/logout`);
      await send(page);
      await page.context().clearCookies({ name: 'mykuline_session' });
      await logIn(page, stage.mykuline, student);
      expect(await auditTrail(stage.sekisho, 'release.allowed')).toHaveLength(1);
    });

    it('sends a service nothing when the person refuses', async () => {
      const { page, stage } = scene();
      await askConsent(stage, 'mykuline');
      await openLogin(page, stage.mykuline);
      await typeAndSend(page, student);
      await page.getByRole('button', { name: '送らずに中止' }).click();
      await page.waitForURL(`${stage.mykuline}/**`);
      expect(await page.getByTestId('name').count()).toBe(0);
      expect(await auditTrail(stage.sekisho, 'service.entered')).toEqual([]);
    });
  },
  { browser: phone },
);
