import { expect, it } from '@jest/globals';
import { describeVisits } from './describe-visits.ts';
import { everyPage } from './every-page.ts';
import { mailSettings } from './mail-code-pages.ts';
import { objections } from './objections.ts';
import { openStage } from './stage.ts';

describeVisits(
  'every page',
  (scene) => {
    it.each(everyPage)('holds on phone and desk, in light and dark, in Japanese and English: $name', async (shown) => {
      const { page, stage } = scene();
      await shown.open(page, stage);
      expect(await page.title()).toContain(shown.heading);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('.button-primary').count()).toBeLessThanOrEqual(1);
      expect(await objections(page)).toEqual([]);

      await page.getByRole('link', { name: 'English' }).click();
      await page.getByRole('link', { name: '日本語' }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await objections(page)).toEqual([]);
    });
  },
  // A code by mail is asked for where mails leave the house.
  { stage: () => openStage({ environment: mailSettings() }) },
);
