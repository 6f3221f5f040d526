/** A login that begins here (Profiles 4.1.5): from a tile of the portal, or from a link. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { follow } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { accepted, acsOf, addSamlConnection, ask, detailOn, enter, samlParty } from './saml-party.ts';

let sekisho: TestSekisho;
let browser: CookieBrowser;
beforeEach(async () => {
  sekisho = await startSekisho();
  browser = new CookieBrowser();
  await sekisho.addAccount();
  await addSamlConnection(sekisho, { saml: { mayBeUnsolicited: true } });
});
afterEach(() => sekisho.close());

const url = (parameters: Readonly<Record<string, string>> = {}) =>
  `${sekisho.issuer}/saml/sso?${new URLSearchParams({ providerId: 'https://kumoi.example/metadata', ...parameters })}`;

describe('an unsolicited response', () => {
  it('answers nothing, and is accepted by a service that takes such', async () => {
    const response = await enter(sekisho, url(), browser);
    expect(response.steps).toEqual(['password']);
    expect(response.xml).not.toContain('InResponseTo');
    expect(response.relayState).toBeNull();
    expect((await accepted(samlParty(sekisho), response)).mail).toBe('a0123456@st.kyoto-u.ac.jp');
  });

  it('is behind the tile of the portal, as often as it is pressed', async () => {
    await enter(sekisho, url(), browser);
    const portal = await ask(sekisho, `${sekisho.issuer}/`, browser);
    const [, href = ''] = /href="(\/saml\/sso\?providerId=[^"]+)"/.exec(portal?.html ?? '') ?? [];
    expect((await enter(sekisho, `${sekisho.issuer}${href}`, browser)).steps).toEqual([]);
    expect((await enter(sekisho, `${sekisho.issuer}${href}`, browser)).steps).toEqual([]);
  });

  it('takes the person to a page of the service, and to none of another', async () => {
    const target = 'https://kumoi.example/mail/42';
    expect((await enter(sekisho, url({ target }), browser)).relayState).toBe(target);
    for (const elsewhere of [
      'https://evil.example/',
      'https://kumoi.example.evil.example/',
      '//evil.example/',
      'cookie',
    ]) {
      expect(detailOn(await ask(sekisho, url({ target: elsewhere }), browser))).toContain('request_unsupported');
    }
  });

  it('goes to the place that is asked for, if it is the service’s', async () => {
    expect((await enter(sekisho, url({ shire: acsOf('kumoi') }), browser)).action).toBe(acsOf('kumoi'));
    expect(detailOn(await ask(sekisho, url({ shire: 'https://evil.example/acs' }), browser))).toContain(
      'consumer_unknown',
    );
  });

  it('is refused where the connection does not allow it, and its tile leads to the service', async () => {
    await addSamlConnection(sekisho, { id: 'library' });
    const page = await ask(sekisho, url({ providerId: 'https://library.example/metadata' }), browser);
    expect(detailOn(page)).toContain('request_unsupported');
    await enter(sekisho, url(), browser);
    expect((await ask(sekisho, `${sekisho.issuer}/`, browser))?.html).toContain('href="https://library.example/"');
  });

  it('is refused for a service that nobody knows, or that is suspended', async () => {
    await addSamlConnection(sekisho, { id: 'asleep', state: 'suspended', saml: { mayBeUnsolicited: true } });
    expect(detailOn(await ask(sekisho, url({ providerId: 'urn:none' }), browser))).toContain('sender_unknown');
    const asleep = url({ providerId: 'https://asleep.example/metadata' });
    expect(detailOn(await ask(sekisho, asleep, browser))).toContain('sender_suspended');
  });

  it('leads to the portal when the person goes back: nobody waits for an answer', async () => {
    const login = await ask(sekisho, url(), browser);
    const { page } = await follow(browser, sekisho.issuer, `${login?.url.pathname}/cancel`);
    expect(page?.url.pathname).toBe('/');
  });
});
