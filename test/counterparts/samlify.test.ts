/** samlify as a service, by its own metadata and ours and nothing else. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { enter, responseIn } from '../http/saml-party.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { follow } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { connectByMetadata } from './connect.ts';
import { isSignedIn } from './log-out.ts';
import { openSamlify, samlifyAcs } from './samlify.ts';

let sekisho: TestSekisho;
let browser: CookieBrowser;
beforeEach(async () => {
  sekisho = await startSekisho();
  await sekisho.addAccount();
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

describe('a service with samlify', () => {
  it.each([
    { encrypted: false, wantsSignedAssertions: false },
    { encrypted: false, wantsSignedAssertions: true },
    { encrypted: true, wantsSignedAssertions: false },
    { encrypted: true, wantsSignedAssertions: true },
  ])('takes a person in: encrypted $encrypted, assertions signed too $wantsSignedAssertions', async (wishes) => {
    const { sp, idp } = await openSamlify(sekisho, wishes);
    await connectByMetadata(sekisho, 'samlify', sp.getMetadata());
    const { context } = sp.createLoginRequest(idp, 'redirect', { relayState: 'where I was' });
    const { action, relayState, xml, fields } = await enter(sekisho, context, browser);
    expect({ action, relayState }).toEqual({ action: samlifyAcs, relayState: 'where I was' });
    expect(xml.includes('<saml:EncryptedAssertion')).toBe(wishes.encrypted);
    const { extract } = await sp.parseLoginResponse(idp, 'post', { body: fields });
    expect(extract.nameID).toMatch(/^[\w-]{43}$/);
    expect(extract.attributes['urn:oid:0.9.2342.19200300.100.1.3']).toBe('a0123456@st.kyoto-u.ac.jp');
  });

  it('asks by a form too', async () => {
    const { sp, idp } = await openSamlify(sekisho, { encrypted: true, wantsSignedAssertions: false });
    await connectByMetadata(sekisho, 'samlify', sp.getMetadata());
    await enter(sekisho, sp.createLoginRequest(idp, 'redirect').context, browser);
    const { context, entityEndpoint } = sp.createLoginRequest(idp, 'post');
    expect(entityEndpoint).toBe(`${sekisho.issuer}/saml/sso`);
    const body = new URLSearchParams({ SAMLRequest: context });
    const { page } = await follow(browser, sekisho.issuer, '/saml/sso', { method: 'POST', body });
    const { extract } = await sp.parseLoginResponse(idp, 'post', { body: responseIn(page).fields });
    expect(extract.nameID).toMatch(/^[\w-]{43}$/);
  });

  it('verifies what it takes: a response that somebody has changed is refused there', async () => {
    const { sp, idp } = await openSamlify(sekisho, { encrypted: false, wantsSignedAssertions: true });
    await connectByMetadata(sekisho, 'samlify', sp.getMetadata());
    const { xml } = await enter(sekisho, sp.createLoginRequest(idp, 'redirect').context, browser);
    const changed = Buffer.from(xml.replace('a0123456@', 'a0123457@')).toString('base64');
    await expect(sp.parseLoginResponse(idp, 'post', { body: { SAMLResponse: changed } })).rejects.toBeDefined();
  });

  it.each(['redirect', 'post'] as const)('logs the person out here by %s, and takes our answer', async (binding) => {
    const { sp, idp } = await openSamlify(sekisho, { encrypted: true, wantsSignedAssertions: true });
    await connectByMetadata(sekisho, 'samlify', sp.getMetadata());
    const { fields } = await enter(sekisho, sp.createLoginRequest(idp, 'redirect').context, browser);
    const { extract } = await sp.parseLoginResponse(idp, 'post', { body: fields });
    const user = { logoutNameID: extract.nameID, sessionIndex: extract.sessionIndex?.sessionIndex };
    const { id, context } = sp.createLogoutRequest(idp, binding, user, { relayState: 'bye' });
    const { left, page } =
      binding === 'redirect'
        ? await follow(browser, sekisho.issuer, context)
        : await follow(browser, sekisho.issuer, '/saml/slo', {
            method: 'POST',
            body: new URLSearchParams({ SAMLRequest: context, RelayState: 'bye' }),
          });
    const answer = left
      ? await sp.parseLogoutResponse(idp, 'redirect', {
          query: Object.fromEntries(left.searchParams),
          octetString: left.search.slice(1).replace(/&Signature=.*/, ''),
        })
      : await sp.parseLogoutResponse(idp, 'post', { body: responseIn(page).fields });
    expect(answer.extract.response).toMatchObject({ inResponseTo: id });
    expect(answer.samlContent).toContain('status:Success');
    expect(await isSignedIn(sekisho, browser)).toBe(false);
  });
});
