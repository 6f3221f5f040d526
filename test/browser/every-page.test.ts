import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeVisits } from './describe-visits.ts';
import { everyPage } from './every-page.ts';
import { mailSettings } from './mail-code-pages.ts';
import { openStage } from './stage.ts';
import { overflow } from './visit.ts';

const widths = [390, 1280];
const schemes = ['light', 'dark'] as const;

/** In the dark only colours differ: the other rules have been asked in the light. Pages here have no frames (legacy mode). */
function judge(page: Page, colorScheme: (typeof schemes)[number]) {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  return (colorScheme === 'light' ? axe : axe.withRules('color-contrast')).analyze();
}

/** What axe objects to, at each width and in each colour scheme; and what sticks out to the right. */
async function objections(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 844 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await judge(page, colorScheme);
      found.push(
        ...violations.map(
          ({ id, nodes }) => `${width} ${colorScheme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
        ),
      );
    }
    if ((await overflow(page)) > 0) found.push(`${width}: wider than the window`);
  }
  return found;
}

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
