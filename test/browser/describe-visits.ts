/**
 * A suite in Chromium. Each test has a stage and a browser context of its own, and ends with the proof that no page
 * caused a console error or asked anybody else for anything.
 */
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Need } from '../support/find-program.ts';
import { chromium, describeWith } from '../support/needs.ts';
import { launchChromium } from './chromium.ts';
import { openStage, type Stage } from './stage.ts';
import { openVisit, type Visit } from './visit.ts';

export interface Scene {
  readonly stage: Stage;
  readonly page: Page;
  /** Another person, or the same one at another device. */
  visitAgain(options?: BrowserContextOptions): Promise<Page>;
}

export interface VisitWishes {
  readonly browser?: BrowserContextOptions;
  readonly stage?: () => Promise<Stage>;
  /** What the suite needs beside Chromium. */
  readonly needs?: Need;
}

/** `suite` is given the way to the scene of the running test. */
export function describeVisits(title: string, suite: (scene: () => Scene) => void, wishes: VisitWishes = {}): void {
  const missing = [chromium, wishes.needs].find((need) => need?.isMet === false);
  describeWith(missing ?? chromium, title, () => {
    let browser: Browser;
    let scene: Scene | undefined;
    const visits: Visit[] = [];
    beforeAll(async () => {
      browser = await launchChromium(chromium.path);
    });
    afterAll(() => browser.close());
    beforeEach(async () => {
      const stage = await (wishes.stage ?? openStage)();
      const open = async (options: BrowserContextOptions = {}): Promise<Page> => {
        const visit = await openVisit(browser, stage, { ...wishes.browser, ...options });
        visits.push(visit);
        return visit.page;
      };
      scene = { stage, page: await open(), visitAgain: open };
    });
    afterEach(async () => {
      const ended = visits.splice(0);
      await Promise.all(ended.map((visit) => visit.close()));
      // The stage may not have come up.
      const ending = scene;
      scene = undefined;
      await ending?.stage.close();
      expect(ended.flatMap(({ complaints }) => complaints)).toEqual([]);
    });
    suite(() => {
      if (!scene) throw new Error('the scene stands only while a test runs');
      return scene;
    });
  });
}
