/** What one node does and the other must know at once: codes used, sessions ended, guesses made, people and services stopped. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { suspendConnection } from '../../src/core/connections/registry.ts';
import { accounts } from '../../src/core/people/account.ts';
import { suspendAccount } from '../../src/core/people/suspend.ts';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { ask, enter, enterForLong, openService } from '../http/enter.ts';
import { enterLogging, linkOn, openLogging, readBy, statesOn } from '../http/logout-scene.ts';
import { codeFields, post, redeem, userinfo } from '../http/program.ts';
import { newSigner } from '../protocols/saml/sample-keys.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { follow, logIn, openParty, submit } from '../support/relying-party.ts';
import { operator } from '../support/sekisho.ts';
import type { Node, TwoNodes } from './two-nodes.ts';

export function describeSharing(opened: () => TwoNodes): void {
  describe('what one does and the other must know', () => {
    let nodes: TwoNodes;
    let behind: Node;
    let ahead: Node;
    beforeEach(async () => {
      nodes = opened();
      ({ behind, ahead } = nodes);
      await behind.addAccount();
    });

    const isSignedIn = async (browser: CookieBrowser): Promise<boolean> =>
      (await browser.visit(behind.issuer)).html.includes('京都 花子');

    describe('a code', () => {
      it('is taken once where both nodes get it at the same moment, and gives nothing to two', async () => {
        const party = await openService(behind);
        const { begun, callback } = await logIn(behind, party);
        const fields = codeFields(party, callback, begun);
        nodes.aim(behind, ahead);
        const answers = await Promise.all(Array.from({ length: 6 }, () => redeem(behind, fields)));
        const taken = answers.filter(({ status }) => status === 200);
        expect(answers.filter(({ status }) => status === 400)).toHaveLength(6 - taken.length);
        expect(taken.length).toBeLessThanOrEqual(1);
        for (const { body } of taken) expect((await userinfo(behind, body.access_token)).status).toBe(401);
      });

      it('is refused at the other node when it was used, with what it gave', async () => {
        const party = await openService(behind);
        const { begun, callback } = await logIn(behind, party);
        const fields = codeFields(party, callback, begun);
        nodes.aim(ahead);
        const first = await redeem(behind, fields);
        expect(first.status).toBe(200);
        nodes.aim(behind);
        expect((await redeem(behind, fields)).body).toMatchObject({ error: 'invalid_grant' });
        nodes.aim(ahead);
        expect((await userinfo(behind, first.body.access_token)).status).toBe(401);
      });
    });

    it('a refresh token that turns is good once, whichever nodes get it at the same moment', async () => {
      await behind.addConnection({ id: 'library' });
      const { tokens } = await enterForLong(behind, await openParty(behind, 'library'));
      const refresh = (token: unknown) => {
        const fields = { grant_type: 'refresh_token', refresh_token: String(token), client_id: 'library' };
        return post(behind, '/oidc/token', fields);
      };
      nodes.aim(ahead);
      const turned = await refresh(tokens.refresh_token);
      expect(turned.status).toBe(200);
      nodes.aim(behind, ahead);
      const both = await Promise.all([
        refresh(turned.body.refresh_token),
        refresh(turned.body.refresh_token),
        refresh(turned.body.refresh_token),
      ]);
      const taken = both.filter(({ status }) => status === 200);
      expect(taken.length).toBeLessThanOrEqual(1);
      // One of them was stolen: what it gave is gone, too.
      for (const { body } of taken)
        expect((await refresh(body.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
    });

    it('a session that has ended at one node is gone at the other, and its tokens with it', async () => {
      const party = await openService(behind);
      nodes.aim(behind);
      const { browser, tokens } = await enter(behind, party);
      nodes.aim(ahead);
      expect(await isSignedIn(browser)).toBe(true);
      // Its cookie in other hands: the browser itself gives it up.
      const thief = new CookieBrowser();
      for (const [name, value] of browser.cookies(behind.issuer)) thief.setCookie(behind.issuer, name, value);
      await submit(browser, behind.issuer, await browser.visit(`${behind.issuer}/logout`), {});
      nodes.aim(behind);
      expect(await isSignedIn(thief)).toBe(false);
      expect((await userinfo(behind, tokens.access_token)).status).toBe(401);
      expect((await ask(behind, party, browser, { prompt: 'none' })).left?.searchParams.get('error')).toBe(
        'login_required',
      );
    });

    it('a service or a person that is stopped at one node is stopped at the other with the next request', async () => {
      const party = await openService(behind);
      await openService(behind, { id: 'other' });
      nodes.aim(ahead);
      const { browser, tokens } = await enter(behind, party);
      await suspendConnection(behind.ground.world, operator, 'library', 'a test');
      expect((await userinfo(behind, tokens.access_token)).status).toBe(401);
      expect((await ask(behind, party, browser)).page?.status).toBeGreaterThanOrEqual(400);
      expect(await isSignedIn(browser)).toBe(true);

      const [account] = (await behind.ground.world.store.find(accounts, { index: 'byLoginName' })).records;
      if (!account) throw new Error('there is no account');
      await suspendAccount(behind.ground.world, behind.ground, operator, account, 'a test');
      expect(await isSignedIn(browser)).toBe(false);
    });

    describe('guesses at a password', () => {
      const guess = async (): Promise<number> => {
        const browser = new CookieBrowser();
        const page = await browser.visit(`${behind.issuer}/login`);
        const { page: shown } = await submit(browser, behind.issuer, page, {
          username: 'a0123456',
          password: 'Wrong7gawaTobi',
        });
        return shown?.status ?? 0;
      };

      it('add up over the nodes, one after another', async () => {
        const answers: number[] = [];
        for (let count = 0; count < 10; count += 1) {
          // A page is asked for and sent: two requests to the same node, then two to the other.
          nodes.aim(count % 2 === 0 ? behind : ahead);
          answers.push(await guess());
        }
        // Five, and one by the clock that is ahead, for which the first wait of seconds is over.
        expect(answers).toEqual([422, 422, 422, 422, 422, 422, 429, 429, 429, 429]);
      });

      it('add up over the nodes, all at once', async () => {
        nodes.aim(behind, ahead);
        const answers = await Promise.all(Array.from({ length: 24 }, guess));
        expect(answers.filter((status) => status === 422).length).toBeLessThanOrEqual(6);
        expect(answers.filter((status) => status === 429).length).toBeGreaterThanOrEqual(18);
      });
    });

    it('a log-out goes from service to service over both nodes, until all have said it', async () => {
      const key: SigningKey = await newSigner();
      const browser = new CookieBrowser();
      nodes.aim(behind, ahead);
      const services = [];
      for (const id of ['kumoi', 'moodle']) {
        services.push(await enterLogging(behind, id, await openLogging(behind, id, key), browser));
      }
      let page: Page | undefined = (
        await submit(browser, behind.issuer, await browser.visit(`${behind.issuer}/logout`), {})
      ).page;
      for (const service of services) {
        const { left } = await follow(browser, behind.issuer, linkOn(page, 'logout-next'));
        const { profile } = await readBy(service, left);
        if (!profile) throw new Error('no request');
        const answer = await service.party.getLogoutResponseUrlAsync(profile, '', {}, true);
        ({ page } = await follow(browser, behind.issuer, answer));
      }
      expect(Object.values(statesOn(page))).toEqual(['done', 'done']);
    });
  });
}
