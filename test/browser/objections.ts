/** What axe objects to on a page, at each width and in each colour scheme; and what sticks out to the right. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { overflow } from './visit.ts';

const widths = [390, 1280];
const schemes = ['light', 'dark'] as const;

/** In the dark only colours differ: the other rules have been asked in the light. Pages here have no frames (legacy mode). */
function judge(page: Page, colorScheme: (typeof schemes)[number]) {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  return (colorScheme === 'light' ? axe : axe.withRules('color-contrast')).analyze();
}

export async function objections(page: Page): Promise<readonly string[]> {
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
