/** People who come to one node and then to the other, in the middle of whatever they do. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/core/credentials/credential.ts';
import { insert } from '../../src/store/port.ts';
import { ask, openService } from '../http/enter.ts';
import {
  accepted,
  addAccountWithApp,
  addSamlConnection,
  attributeIn,
  enter as enterBySaml,
  requestUrl,
  responseIn,
  samlParty,
  stepOn,
} from '../http/saml-party.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { exchange, follow, logIn, type Party, submit } from '../support/relying-party.ts';
import { goodPassword } from '../support/sekisho.ts';
import type { Node, TwoNodes } from './two-nodes.ts';

const app = authenticatorApp(sampleSecret);

/** Either order: what one writes the other judges, by a clock that is behind it and by one that is ahead. */
export const orders: readonly (readonly [name: string, (nodes: TwoNodes) => readonly [Node, Node]])[] = [
  ['at the node behind, and goes on at the one ahead', ({ behind, ahead }) => [behind, ahead]],
  ['at the node ahead, and goes on at the one behind', ({ behind, ahead }) => [ahead, behind]],
];

export function describeLogins(opened: () => TwoNodes): void {
  describe('people on their way', () => {
    let nodes: TwoNodes;
    beforeEach(() => {
      nodes = opened();
    });

    const send = (browser: CookieBrowser, page: Page | undefined, typed: Record<string, string>) => {
      if (!page) throw new Error('there is no page');
      return submit(browser, nodes.behind.issuer, page, typed);
    };

    /** Whoever goes in with an app has the time of neither node. */
    const withTelephone = (node: Node): Node => {
      const clock = { now: nodes.between };
      return { ...node, ground: { ...node.ground, world: { ...node.ground.world, clock } } };
    };

    describe.each(orders)('a login that begins %s', (_order, inOrder) => {
      let first: Node;
      let second: Node;
      beforeEach(() => {
        [first, second] = inOrder(nodes);
      });

      it('ends there, with a code that is taken here', async () => {
        await first.addAccount();
        const party = await openService(first);
        const browser = new CookieBrowser();
        nodes.aim(first);
        const { begun, page } = await ask(first, party, browser);
        nodes.aim(second);
        const { left } = await send(browser, page, { username: 'a0123456', password: goodPassword });
        nodes.aim(first);
        const tokens = await exchange(party, left as URL, begun);
        expect(tokens.claims()?.sub).toBeDefined();
        nodes.aim(second);
        expect((await browser.visit(first.issuer)).html).toContain('京都 花子');
      });

      it('asks for nothing twice, though the service wants it all proven this very moment', async () => {
        const { id } = await first.addAccount();
        const { world, masterKey } = first.ground;
        await world.store.commit([insert(credentials, heldApp(masterKey, id))]);
        const party = await openService(first, { requiredLevel: 'mfa' });
        const browser = new CookieBrowser();
        nodes.aim(first);
        const { begun, page } = await ask(first, party, browser, { max_age: '1' });
        const asked = await send(browser, page, { username: 'a0123456', password: goodPassword });
        nodes.advance(5_000);
        nodes.aim(second);
        const { left } = await send(browser, asked.page, { code: app.codeAt(nodes.between()) });
        nodes.aim(first);
        expect(await exchange(party, left as URL, begun)).toHaveProperty('access_token');
      });

      it('takes a code of the app at one node only', async () => {
        await addAccountWithApp(first);
        const party = await openService(first, { requiredLevel: 'mfa' });
        const code = app.codeAt(nodes.between());
        const logInAt = async (node: Node) => {
          const browser = new CookieBrowser();
          nodes.aim(node);
          const { page } = await ask(node, party, browser);
          const asked = await send(browser, page, { username: 'a0123456', password: goodPassword });
          return send(browser, asked.page, { code });
        };
        expect((await logInAt(first)).left).toBeDefined();
        const { left, page } = await logInAt(second);
        expect({ left, status: page?.status }).toEqual({ left: undefined, status: 422 });
      });

      it('ends there with a response that the service takes, by SAML', async () => {
        await addAccountWithApp(first);
        await addSamlConnection(first, { requiredLevel: 'mfa' });
        const service = samlParty(first);
        nodes.aim(first, second);
        const response = await enterBySaml(withTelephone(first), await requestUrl(service));
        expect(response.steps).toEqual(['password', 'totp']);
        expect((await accepted(service, response)).nameID).toBeDefined();
      });

      it('is told there with a time that is not to come', async () => {
        await first.addAccount();
        const party = await openService(first);
        await addSamlConnection(first);
        nodes.aim(first);
        const { browser } = await logIn(first, party);
        nodes.aim(second);
        const { begun, left } = await ask(second, party, browser);
        const claims = (await exchange(party, left as URL, begun)).claims();
        expect(Number(claims?.auth_time) * 1000).toBeLessThanOrEqual(second.clock.now());
        const response = await enterBySaml(second, await requestUrl(samlParty(second)), browser);
        const told = attributeIn(response, 'saml:AuthnStatement', 'AuthnInstant') ?? '';
        expect(Date.parse(told)).toBeLessThanOrEqual(second.clock.now());
      });

      it('answers one request of SAML once, whichever nodes are asked at the same moment', async () => {
        await first.addAccount();
        await addSamlConnection(first);
        const service = samlParty(first);
        const browser = new CookieBrowser();
        nodes.aim(first);
        await enterBySaml(first, await requestUrl(service), browser);
        const url = await requestUrl(service);
        nodes.aim(first, second);
        const pages = await Promise.all(
          Array.from({ length: 4 }, async () => (await follow(browser, first.issuer, url)).page),
        );
        expect(pages.map((page) => page?.status).sort()).toEqual([200, 409, 409, 409]);
        expect(responseIn(pages.find((page) => page?.status === 200)).xml).toContain('saml:Assertion');
      });

      it('ends in one of two tabs that answer it at both nodes at once, and fails in neither', async () => {
        await first.addAccount();
        const party: Party = await openService(first);
        const browser = new CookieBrowser();
        nodes.aim(first);
        const { page } = await ask(first, party, browser);
        nodes.aim(first, second);
        const typed = { username: 'a0123456', password: goodPassword };
        const ends = await Promise.all([send(browser, page, typed), send(browser, page, typed)]);
        expect(ends.filter(({ left }) => left?.searchParams.has('code')).length).toBeGreaterThanOrEqual(1);
        expect(ends.filter(({ page: shown }) => (shown?.status ?? 0) >= 500)).toEqual([]);
      });

      it('lets the person in everywhere without another, for as long as the session lasts', async () => {
        await first.addAccount();
        const party = await openService(first);
        nodes.aim(first);
        const { browser } = await logIn(first, party);
        nodes.aim(second, first);
        const { left, page } = await ask(second, party, browser, { prompt: 'none' });
        expect(left?.searchParams.get('code') ?? stepOn(page)).toMatch(/^\d+\./);
      });
    });
  });
}
