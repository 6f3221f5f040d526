/** A person logs out: at the portal, or at a service that passes it on. */
import { openLog } from '../../src/base/log.ts';
import { deliverDue } from '../../src/core/notices/deliver-due.ts';
import { linkOn } from '../http/logout-scene.ts';
import type { CookieBrowser, Page } from '../support/cookie-browser.ts';
import { submit } from '../support/relying-party.ts';
import type { TestSekisho } from '../support/sekisho.ts';
import { go } from './person.ts';

export const isSignedIn = async ({ issuer }: TestSekisho, browser: CookieBrowser): Promise<boolean> =>
  (await browser.visit(issuer)).html.includes('京都 花子');

/** To the page that lists the services, where none has been told by the browser yet. */
export async function logOutHere({ issuer }: TestSekisho, browser: CookieBrowser): Promise<Page> {
  const { page } = await submit(browser, issuer, await browser.visit(`${issuer}/logout`), {});
  if (!page) throw new Error('no page');
  return page;
}

/** A turn of the job that tells services without a browser. */
export async function tellOwed({ ground }: TestSekisho): Promise<void> {
  const turn = { world: ground.world, signal: new AbortController().signal, log: openLog('silent') };
  await deliverDue(ground.logoutDelivery, turn, ['logout']);
}

/** The turns of that job are the test's. */
export const jobsStandStill = { SEKISHO__JOBS__SCHEDULES__LOGOUTMESSAGES: 'every 900d' };

/** What a service that takes no messages from us would say of itself. */
export const withoutSoap = (metadata: string): string =>
  metadata.replaceAll(/<(\w+:)?SingleLogoutService\s[^>]*bindings:SOAP"[^>]*\/>/g, '');

/** By the link of that page that leads to the next service, which sends the browser back. */
export async function tellNext({ issuer }: TestSekisho, browser: CookieBrowser, page: Page): Promise<Page> {
  return (await go(browser, new URL(linkOn(page, 'logout-next'), issuer))).page;
}
