/** KUMOI's way in: requests and responses of a service that we did not write (node-saml), and the session between services. */

import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SamlConfig } from '@node-saml/node-saml';
import { hours } from '../../src/base/duration.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import type { SamlSettings } from '../../src/core/connections/saml-settings.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { activeSigner } from '../../src/protocols/saml/signing-key.ts';
import { newSigner, pemOf, privatePemOf } from '../protocols/saml/sample-keys.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { follow } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { enter as enterByOidc, openService } from './enter.ts';
import {
  accepted,
  acsOf,
  addAccountWithApp,
  addSamlConnection,
  attributeIn,
  enter,
  requestUrl,
  responseIn,
  samlParty,
  textIn,
} from './saml-party.ts';

let key: SigningKey;
beforeAll(async () => {
  key = await newSigner();
});

let sekisho: TestSekisho;
let browser: CookieBrowser;
beforeEach(async () => {
  sekisho = await startSekisho();
  browser = new CookieBrowser();
});
afterEach(() => sekisho.close());

const open = async (saml: Partial<SamlSettings> = {}, options: Partial<SamlConfig> = {}, id = 'kumoi') => {
  await addSamlConnection(sekisho, { id, saml });
  return samlParty(sekisho, id, options);
};

describe('a login by SAML', () => {
  it('leads through the password to the service, which accepts what it is told', async () => {
    await sekisho.addAccount();
    const party = await open();
    const response = await enter(sekisho, await requestUrl(party, 'inbox/42?a=b&c'), browser);
    expect(response.steps).toEqual(['password']);
    expect(response.action).toBe(acsOf('kumoi'));
    expect(response.relayState).toBe('inbox/42?a=b&c');
    const profile = await accepted(party, response);
    expect(profile.nameIDFormat).toBe('urn:oasis:names:tc:SAML:2.0:nameid-format:transient');
    expect(profile.mail).toBe('a0123456@st.kyoto-u.ac.jp');
  });

  it('is answered by a page that no cache keeps, and that may post to the service alone', async () => {
    await sekisho.addAccount();
    const { page } = await enter(sekisho, await requestUrl(await open()), browser);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' https://kumoi.example;");
  });

  it('is asked for by a form too, which another site posts without our cookies', async () => {
    await sekisho.addAccount();
    const party = await open();
    const { SAMLRequest: message } = await party.getAuthorizeMessageAsync('there', undefined, {});
    // node-saml deflates both; the form of the binding is base64 alone (Bindings 3.5.4).
    expect(message).toBeDefined();
    const post = async () => {
      const posting = samlParty(sekisho, 'kumoi', { authnRequestBinding: 'HTTP-POST', skipRequestCompression: true });
      const body = new URLSearchParams(
        (await posting.getAuthorizeMessageAsync('there', undefined, {})) as Record<string, string>,
      );
      body.set('RelayState', 'there');
      return follow(browser, sekisho.issuer, '/saml/sso', { method: 'POST', body });
    };
    await enter(sekisho, await requestUrl(party), browser);
    const { page } = await post();
    expect(page?.url.search).toMatch(/^\?posted=/);
    const response = responseIn(page);
    expect(response.relayState).toBe('there');
    await accepted(party, response);
  });

  it.each<[string, 'getAuthorizeUrlAsync' | 'form']>([
    ['over the query of the redirect', 'getAuthorizeUrlAsync'],
    ['in the message of a form', 'form'],
  ])('takes requests that the service signs, %s', async (_how, way) => {
    await sekisho.addAccount();
    const own = { privateKey: privatePemOf(key), publicCert: pemOf(key.certificate) };
    const party = await open({ requests: 'signed', signingCertificates: [key.certificate] }, own);
    if (way === 'getAuthorizeUrlAsync') {
      await accepted(party, await enter(sekisho, await requestUrl(party), browser));
      return;
    }
    await enter(sekisho, await requestUrl(party), browser);
    const posting = samlParty(sekisho, 'kumoi', {
      ...own,
      authnRequestBinding: 'HTTP-POST',
      skipRequestCompression: true,
    });
    const message = await posting.getAuthorizeMessageAsync('', undefined, {});
    const body = new URLSearchParams({ SAMLRequest: String(message.SAMLRequest) });
    const { page } = await follow(browser, sekisho.issuer, '/saml/sso', { method: 'POST', body });
    await accepted(party, responseIn(page));
  });

  it('tells with its errors nobody but the service: the person went back', async () => {
    const party = await open();
    const first = await follow(browser, sekisho.issuer, await requestUrl(party));
    const handle = first.page?.url.pathname ?? '';
    const response = responseIn((await follow(browser, sekisho.issuer, `${handle}/cancel`)).page);
    await expect(accepted(party, response)).rejects.toThrow('AuthnFailed');
  });
});

describe('what a service is told', () => {
  beforeEach(() => sekisho.addAccount());

  it.each<[SamlSettings['signs'], Partial<SamlConfig>]>([
    ['assertion', { wantAssertionsSigned: true, wantAuthnResponseSigned: false }],
    ['response', { wantAssertionsSigned: false, wantAuthnResponseSigned: true }],
    ['both', { wantAssertionsSigned: true, wantAuthnResponseSigned: true }],
  ])('is signed as the connection says: %s', async (signs, options) => {
    const party = await open({ signs }, options);
    const response = await enter(sekisho, await requestUrl(party), browser);
    await accepted(party, response);
    expect(response.xml.match(/<ds:Signature /g)).toHaveLength(signs === 'both' ? 2 : 1);
  });

  it.each<SamlSettings['cipher']>(['aes256-gcm', 'aes128-gcm'])(
    'is encrypted for it with %s where it has a key',
    async (cipher) => {
      const party = await open(
        { encryptionCertificates: [key.certificate], cipher, signs: 'both' },
        { decryptionPvk: privatePemOf(key), wantAuthnResponseSigned: true },
      );
      const response = await enter(sekisho, await requestUrl(party), browser);
      expect(response.xml).not.toContain('<saml:Assertion');
      expect((await accepted(party, response)).mail).toBe('a0123456@st.kyoto-u.ac.jp');
    },
  );

  it('is told the service alone: who it is for, in answer to what, and for how long', async () => {
    const party = await open();
    const url = await requestUrl(party);
    const response = await enter(sekisho, url, browser);
    const { requestId } = { requestId: attributeIn(response, 'samlp:Response', 'InResponseTo') };
    expect(requestId).toMatch(/^_/);
    expect(attributeIn(response, 'saml:SubjectConfirmationData', 'InResponseTo')).toBe(requestId);
    expect(attributeIn(response, 'saml:SubjectConfirmationData', 'Recipient')).toBe(acsOf('kumoi'));
    expect(attributeIn(response, 'samlp:Response', 'Destination')).toBe(acsOf('kumoi'));
    expect(textIn(response, 'saml:Audience')).toBe('https://kumoi.example/metadata');
    const issued = Date.parse(attributeIn(response, 'saml:Assertion', 'IssueInstant') ?? '');
    expect(Date.parse(attributeIn(response, 'saml:SubjectConfirmationData', 'NotOnOrAfter') ?? '') - issued).toBe(
      300_000,
    );
    expect(response.xml).not.toMatch(/SubjectConfirmationData[^>]*NotBefore/);
  });

  it('is an assertion signed with the key that the connection pins, or by ECDSA where it asks for that', async () => {
    const { keys } = sekisho.ground.ring.current();
    const party = await open({ signatureAlgorithm: 'ecdsa-sha256' });
    const response = await enter(sekisho, await requestUrl(party), browser);
    expect(response.xml).toContain('http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256');
    expect(response.xml).toContain(activeSigner(keys, 'ecdsa-sha256').certificate);
  });
});

it('tells how long the session of the service may last only where that is configured', async () => {
  await sekisho.addAccount();
  const party = await open();
  const silent = await enter(sekisho, await requestUrl(party), browser);
  expect(silent.xml).not.toContain('SessionNotOnOrAfter');
  await sekisho.close();
  sekisho = await startSekisho({ environment: { SEKISHO__SAML__SESSIONLIFETIME: '8h' } });
  await sekisho.addAccount();
  const told = await enter(sekisho, await requestUrl(await open()), new CookieBrowser());
  const issued = Date.parse(attributeIn(told, 'saml:Assertion', 'IssueInstant') ?? '');
  const end = attributeIn(told, 'saml:AuthnStatement', 'SessionNotOnOrAfter') ?? '';
  expect(Date.parse(end) - issued).toBe(hours(8));
});

describe('single sign-on', () => {
  it('asks for nothing a second time, and keeps the name and the index of the session', async () => {
    await sekisho.addAccount();
    const party = await open();
    const first = await accepted(party, await enter(sekisho, await requestUrl(party), browser));
    const second = await enter(sekisho, await requestUrl(party), browser);
    expect(second.steps).toEqual([]);
    expect(second.page.url.pathname).toBe('/saml/sso');
    const { nameID, sessionIndex } = await accepted(party, second);
    expect({ nameID, sessionIndex }).toEqual({ nameID: first.nameID, sessionIndex: first.sessionIndex });
  });

  it('gives two services names and indexes that they cannot compare', async () => {
    await sekisho.addAccount();
    const kumoi = await open({ nameIds: ['persistent'] });
    const other = await open({ nameIds: ['persistent'] }, {}, 'library');
    const first = await accepted(kumoi, await enter(sekisho, await requestUrl(kumoi), browser));
    const second = await accepted(other, await enter(sekisho, await requestUrl(other), browser));
    expect(second.nameID).not.toBe(first.nameID);
    expect(second.sessionIndex).not.toBe(first.sessionIndex);
    const again = await accepted(kumoi, await enter(sekisho, await requestUrl(kumoi), new CookieBrowser()));
    expect(again.nameID).toBe(first.nameID);
    expect(again.sessionIndex).not.toBe(first.sessionIndex);
  });

  it('works from OpenID Connect to SAML and back, in one session that names both', async () => {
    await sekisho.addAccount();
    const kulasis = await openService(sekisho, { id: 'kulasis' });
    const kumoi = await open();
    await enterByOidc(sekisho, kulasis, {}, browser);
    expect((await enter(sekisho, await requestUrl(kumoi), browser)).steps).toEqual([]);
    const library = await openService(sekisho, { id: 'library' });
    await enterByOidc(sekisho, library, { prompt: 'none' }, browser);
    const { records } = await sekisho.ground.world.store.find(sessions, { index: 'byEnd' });
    expect(records).toHaveLength(1);
    const [session] = records;
    expect(session?.participants.map(({ protocol, connectionId }) => `${protocol} ${connectionId}`).sort()).toEqual([
      'oidc kulasis',
      'oidc library',
      'saml kumoi',
    ]);
  });

  it('is stepped up where the service demands more, and what was reached counts for OpenID Connect', async () => {
    await addAccountWithApp(sekisho);
    await addSamlConnection(sekisho, { id: 'strict', requiredLevel: 'mfa' });
    const kumoi = await open();
    await enter(sekisho, await requestUrl(kumoi), browser);
    const strict = samlParty(sekisho, 'strict');
    const response = await enter(sekisho, await requestUrl(strict), browser);
    expect(response.steps).toEqual(['totp']);
    expect(textIn(response, 'saml:AuthnContextClassRef')).toBe('https://refeds.org/profile/mfa');
    const kulasis = await openService(sekisho, { id: 'kulasis', requiredLevel: 'mfa' });
    await enterByOidc(sekisho, kulasis, { prompt: 'none' }, browser);
  });

  it('is written down once for each service and session', async () => {
    const { id: accountId } = await sekisho.addAccount();
    const party = await open();
    await enter(sekisho, await requestUrl(party), browser);
    await enter(sekisho, await requestUrl(party), browser);
    const byType = { index: 'byType', equals: ['service.entered'] };
    const { records } = await sekisho.ground.world.store.find(auditEvents, byType);
    expect(records.map(({ facts }) => facts)).toEqual([{ type: 'service.entered', accountId, connectionId: 'kumoi' }]);
  });
});
