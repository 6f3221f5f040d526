/** The ways of a person, and of somebody who is not that person, through the pages of an activation. */
import type { Clock } from '../../src/base/clock.ts';
import { days } from '../../src/base/duration.ts';
import { newActivationKey, printedActivationKey } from '../../src/core/credentials/activation/activation-key-text.ts';
import { planActivationKey } from '../../src/core/credentials/activation/issue-activation-key.ts';
import type { Account } from '../../src/core/people/account.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { submit } from '../support/relying-party.ts';
import { type AccountWishes, goodPassword, operator, type TestSekisho } from '../support/sekisho.ts';

export const loginName = 'a0123456';

/** What the second page is sent. */
export const chosen = (password = goodPassword) => ({ accept: 'yes', password, repeated: password });

export function activating(sekisho: TestSekisho, clock: Clock, browser: CookieBrowser) {
  async function issueKey(account: Account): Promise<string> {
    const { world, codeDigest } = sekisho.ground;
    const issue = { account, handed: 'in-person', expiresAt: clock.now() + days(31) } as const;
    const { key, writes } = await planActivationKey(world, codeDigest, operator, issue);
    await world.store.commit(writes);
    return key;
  }

  async function send(page: Page, typed: Readonly<Record<string, string>>, by = browser): Promise<Page> {
    const { page: shown } = await submit(by, sekisho.issuer, page, typed);
    if (!shown) throw new Error('left Sekisho');
    return shown;
  }

  return {
    issueKey,
    send,

    /** The key of an account that was issued a moment ago. */
    newAccount: async (wishes: AccountWishes = {}): Promise<string> =>
      issueKey(await sekisho.addAccount({ password: null, hasAcceptedTerms: false, ...wishes })),

    showKey: async (key: string, username = loginName, by = browser): Promise<Page> =>
      send(await by.visit(`${sekisho.issuer}/activate`), { username, key }, by),

    async logIn(password: string): Promise<Page> {
      const by = new CookieBrowser();
      return send(await by.visit(`${sekisho.issuer}/login`), { username: loginName, password }, by);
    },

    /** Well formed, and nobody's. */
    otherKey: () => printedActivationKey(newActivationKey(sekisho.ground.world.ids)),
  };
}
