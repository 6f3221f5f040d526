import { expect, it } from '@jest/globals';
import { auditTrail } from './audit-trail.ts';
import { describeVisits } from './describe-visits.ts';
import { manyRoles, passwordOf, staff, student } from './stage.ts';
import { logIn, openLogin, send, typeAndSend, wordsOf } from './visit.ts';

describeVisits(
  'without JavaScript',
  (scene) => {
    it('logs in after a wrong password, enters the second service, and logs out', async () => {
      const { page, stage } = scene();
      await openLogin(page, stage.kulasis);
      await typeAndSend(page, student, 'not the password');
      expect(await wordsOf(page.locator('#problem'))).toContain('正しくありません');
      await page.locator('[name=password]').fill(passwordOf(student));
      await send(page);
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');

      await page.goto(stage.mykuline);
      await page.getByTestId('login').click();
      await page.getByTestId('name').waitFor();
      await page.getByTestId('logout').click();
      await send(page);
      expect(new URL(page.url()).pathname).toMatch(/^\/logout\/round\//);
      await page.getByTestId('continue').click();
      await page.getByTestId('logged-out').waitFor();
      expect(await auditTrail(stage.sekisho, 'session.ended')).toHaveLength(1);
    });

    it('offers no toggle that would do nothing', async () => {
      const { page, stage } = scene();
      await page.goto(`${stage.issuer}/login`);
      expect(await page.locator('.show-password').isVisible()).toBe(false);
    });

    it('accepts the rules of use, and refuses staff at KULASIS with a way on', async () => {
      const { page, stage, visitAgain } = scene();
      await openLogin(page, stage.kulasis);
      await typeAndSend(page, manyRoles);
      await send(page);
      await page.getByTestId('name').waitFor();

      const other = await visitAgain();
      await openLogin(other, stage.kulasis);
      await typeAndSend(other, staff);
      await other.locator('.tile-link', { hasText: 'MyKULINE' }).click();
      await other.getByTestId('login').click();
      expect(await wordsOf(other.getByTestId('name'))).toContain('吉田 太郎');
    });

    it('logs in once when the button is pressed twice', async () => {
      const { page, stage } = scene();
      await openLogin(page, stage.kulasis);
      await page.locator('[name=username]').fill(student);
      await page.locator('[name=password]').fill(passwordOf(student));
      await page.getByTestId('continue').dblclick();
      await page.waitForURL(`${stage.kulasis}/`);
      expect(await wordsOf(page.getByTestId('name'))).toContain('京都 花子');
      expect(await auditTrail(stage.sekisho, 'login.granted')).toHaveLength(1);
    });

    it('leads on to the service from the Back button', async () => {
      const { page, stage } = scene();
      await logIn(page, stage.kulasis, student);
      await page.goBack({ waitUntil: 'commit' });
      await page.waitForURL(`${stage.kulasis}/`);
      await page.getByTestId('name').waitFor();
    });
  },
  { browser: { javaScriptEnabled: false } },
);
