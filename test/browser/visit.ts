/**
 * One person's browser: a context of its own, and everything in it that no page of ours may cause (a console error, a
 * script's failure, a request to anybody else).
 */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { passwordOf, type Stage } from './stage.ts';

export interface Visit {
  readonly page: Page;
  /** Empty at the end of every test. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Chromium writes this line for every answer of 4xx, also for one that is a page in good order. */
const refusalLine = /^Failed to load resource: the server responded with a status of 4\d\d /;

/**
 * Chromium writes this one whatever the frame shows. Those of the log-out show other origins, to which `allow-same-origin`
 * gives their own and not ours.
 */
const frameLine = /^An iframe which has both allow-scripts and allow-same-origin /;

export async function openVisit(browser: Browser, stage: Stage, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  const { certificateOrigin = stage.issuer } = stage.sekisho.ground.config.server;
  const own = new Set([stage.issuer, certificateOrigin, stage.kulasis, stage.kumoi, stage.mykuline]);
  context.on('console', (message) => {
    const isTrouble = message.type() === 'error' || message.type() === 'warning';
    if (isTrouble && ![refusalLine, frameLine].some((line) => line.test(message.text())))
      complaints.push(message.text());
  });
  context.on('weberror', (failure) => complaints.push(String(failure.error())));
  context.on('request', (request) => {
    const { origin, protocol, href } = new URL(request.url());
    if (protocol !== 'data:' && !own.has(origin)) complaints.push(`asked elsewhere: ${href}`);
  });
  const page = await context.newPage();
  return { page, complaints, close: () => context.close() };
}

/** The page that a service's log-in button leads to. */
export async function openLogin(page: Page, service: string): Promise<void> {
  await page.goto(service);
  await page.getByTestId('login').click();
  await page.locator('[name=password]').waitFor();
}

export async function typeAndSend(page: Page, loginName: string, password = passwordOf(loginName)): Promise<void> {
  await page.locator('[name=username]').fill(loginName);
  await page.locator('[name=password]').fill(password);
  await send(page);
}

/** Presses the primary button and waits for the page that comes of it: the one before may look the same. */
export async function send(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('domcontentloaded'), page.getByTestId('continue').click()]);
}

/** From the service's start page until the service says whom it knows. */
export async function logIn(page: Page, service: string, loginName: string): Promise<void> {
  await openLogin(page, service);
  await typeAndSend(page, loginName);
  await page.getByTestId('name').waitFor();
}

export const isPasswordAsked = async (page: Page): Promise<boolean> =>
  (await page.locator('[name=password]').count()) > 0;

/** Nothing may stick out to the right: on a phone that moves the whole page under the finger. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** The words there, without the blanks of the source between them. */
export const wordsOf = async (place: Locator): Promise<string> =>
  ((await place.textContent()) ?? '').replace(/\s+/g, ' ').trim();
