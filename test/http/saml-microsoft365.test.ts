/** KUMOI at Microsoft 365, field by field as Entra ID wants it of a SAML 2.0 identity provider, and how a second factor is told. */
import { describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { microsoft365 } from '../../src/core/connections/saml/microsoft365.ts';
import { trustedBrowsers } from '../../src/core/credentials/trusted-browser.ts';
import { type RequestWishes, requestedContext, sampleForm, sampleRequest } from '../protocols/saml/sample-request.ts';
import { authenticatorApp, sampleSecret } from '../support/authenticator-app.ts';
import type { Page } from '../support/cookie-browser.ts';
import { follow, submit } from '../support/relying-party.ts';
import { goodPassword } from '../support/sekisho.ts';
import { recordsIn } from './records-in.ts';
import {
  addAccountWithApp,
  addSamlConnection,
  attributeIn,
  multipleAuthn,
  passwordContext,
  responseIn,
  type SamlWishes,
  statusIn,
  stepOn,
  textIn,
} from './saml-party.ts';
import { samlScene } from './saml-scene.ts';

const app = authenticatorApp(sampleSecret);

const scene = samlScene();

const connect = (wishes: SamlWishes = {}) => {
  const pinnedKey = scene.sekisho.ground.ring.current().keys.find(({ use }) => use === 'saml-signing')?.id ?? '';
  return addSamlConnection(scene.sekisho, {
    release: [{ attribute: 'principalName', required: true }],
    ...wishes,
    saml: { ...microsoft365('principalName'), nameIdFrom: 'loginName', pinnedKey, ...wishes.saml },
  });
};

/** As Entra ID sends it: a form, unsigned. */
async function request(wishes: RequestWishes = {}): Promise<Page | undefined> {
  const policy = '<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"/>';
  const { after = '', ...rest } = wishes;
  const xml = sampleRequest({
    id: scene.nextId(),
    at: scene.clock.now(),
    issuer: 'urn:federation:MicrosoftOnline',
    ...rest,
    after: `${policy}${after}`,
  });
  const body = sampleForm(xml, 'estsredirect=2');
  return (await follow(scene.browser, scene.sekisho.issuer, '/saml/sso', { method: 'POST', body })).page;
}

const typed: Readonly<Record<string, () => Record<string, string>>> = {
  password: () => ({ username: 'a0123456', password: goodPassword }),
  totp: () => ({ code: app.codeAt(scene.clock.now()) }),
};

/** Gives what is asked; answers the steps and the page with the response. */
async function through(first: Page | undefined, more: Readonly<Record<string, string>> = {}) {
  const steps: string[] = [];
  let page = first;
  for (let step = stepOn(page); page && step !== undefined; step = stepOn(page)) {
    steps.push(step);
    scene.clock.advance(minutes(1));
    page = (await submit(scene.browser, scene.sekisho.issuer, page, { ...typed[step]?.(), ...more })).page;
  }
  return { steps, ...responseIn(page) };
}

const contextOf = (response: Parameters<typeof textIn>[0]) => textIn(response, 'saml:AuthnContextClassRef');
const asksMfa = { after: requestedContext([multipleAuthn]) };

describe('what Microsoft 365 is told', () => {
  it('is what it demands, field by field', async () => {
    await scene.sekisho.addAccount();
    await connect();
    const response = await through(await request());
    expect(response.action).toBe('https://login.microsoftonline.com/login.srf');
    expect(response.relayState).toBe('estsredirect=2');
    expect(response.xml).toMatch(/<saml:Assertion [^>]*><saml:Issuer>[^<]*<\/saml:Issuer><ds:Signature/);
    expect(response.xml.match(/<ds:Signature /g)).toHaveLength(1);
    expect(attributeIn(response, 'saml:NameID', 'Format')).toBe('urn:oasis:names:tc:SAML:2.0:nameid-format:persistent');
    expect(textIn(response, 'saml:NameID')).toBe('a0123456');
    expect(response.xml.match(/<saml:Attribute /g)).toHaveLength(1);
    expect(response.xml).toContain('<saml:Attribute Name="IDPEmail"><saml:AttributeValue>a0123456@kyoto-u.ac.jp<');
    expect(textIn(response, 'saml:Audience')).toBe('urn:federation:MicrosoftOnline');
    expect(response.xml.match(/AuthnContextClassRef>/g)).toHaveLength(2);
  });

  it('comes from the issuer of the domain of the person', async () => {
    await scene.sekisho.addAccount();
    const issuerByDomain = { 'st.kyoto-u.ac.jp': 'urn:st', 'kyoto-u.ac.jp': 'urn:staff' };
    await connect({ saml: { issuerByDomain } });
    const response = await through(await request());
    expect([...response.xml.matchAll(/<saml:Issuer[^>]*>([^<]*)/g)].map(([, issuer]) => issuer)).toEqual([
      'urn:st',
      'urn:st',
    ]);
  });
});

describe('multipleauthn', () => {
  it('is told exactly when a second factor was given, asked for or not', async () => {
    await addAccountWithApp(scene.sekisho);
    await connect();
    expect(contextOf(await through(await request()))).toBe(passwordContext);
    const raised = await through(await request(asksMfa));
    expect(raised.steps).toEqual(['totp']);
    expect(contextOf(raised)).toBe(multipleAuthn);
    expect(contextOf(await through(await request()))).toBe(multipleAuthn);
  });

  it('that cannot be had here is never answered NoAuthnContext, for which it would ask again', async () => {
    await scene.sekisho.addAccount();
    await connect();
    const login = await request(asksMfa);
    const denied = login && (await submit(scene.browser, scene.sekisho.issuer, login, typed.password?.() ?? {})).page;
    expect(denied?.status).toBe(403);
    const { page } = await follow(scene.browser, scene.sekisho.issuer, `${login?.url.pathname}/return`);
    expect(statusIn(responseIn(page))).toEqual(['Responder', 'AuthnFailed']);
  });

  it('is not what a class is answered with that Entra does not mean', async () => {
    await scene.sekisho.addAccount();
    await connect();
    const after = requestedContext(['urn:federation:authentication:windows']);
    expect(contextOf(await through(await request({ after })))).toBe(passwordContext);
  });
});

describe('a trusted browser at Microsoft 365', () => {
  const policy = { requiredLevel: 'mfa', trustedBrowser: 'policy' } as const;

  /** Signs in with both factors, trusts the browser, and comes back with the password alone. */
  async function comeBack(wishes: SamlWishes, second: RequestWishes = {}) {
    await addAccountWithApp(scene.sekisho);
    await connect(wishes);
    await through(await request(), { trust: 'yes' });
    expect(recordsIn(scene.sekisho, trustedBrowsers)).toBe(1);
    scene.browser.setCookie(scene.sekisho.issuer, 'sekisho-session', 'none');
    return through(await request(second));
  }
  async function toldInAudit(): Promise<readonly unknown[]> {
    const { records } = await scene.sekisho.ground.world.store.find(auditEvents, {
      index: 'byType',
      equals: ['service.entered'],
    });
    return records.map(({ facts }) => ('toldAs' in facts ? facts.toldAs : undefined));
  }

  it('is told for what it was: a password', async () => {
    const back = await comeBack(policy);
    expect(back.steps).toEqual(['password']);
    expect(contextOf(back)).toBe(passwordContext);
    expect(await toldInAudit()).toEqual([undefined, undefined]);
  });

  it('is told as a second factor where an operator switched that on, and the audit trail says so', async () => {
    const back = await comeBack({ ...policy, saml: { tellsTrustedBrowserAs: multipleAuthn } });
    expect(back.steps).toEqual(['password']);
    expect(contextOf(back)).toBe(multipleAuthn);
    expect(await toldInAudit()).toEqual([undefined, multipleAuthn]);
    // Without the page too, from the session that is there now; and said again.
    expect(contextOf(await through(await request()))).toBe(multipleAuthn);
    expect(await toldInAudit()).toEqual([undefined, multipleAuthn, multipleAuthn]);
  });

  it('is enough where Entra asks for multipleauthn, with the switch on and not without', async () => {
    const back = await comeBack({ ...policy, saml: { tellsTrustedBrowserAs: multipleAuthn } }, asksMfa);
    expect(back.steps).toEqual(['password']);
    expect(contextOf(back)).toBe(multipleAuthn);
  });

  it('is not enough where Entra asks for it, and the switch is off', async () => {
    expect((await comeBack(policy, asksMfa)).steps).toEqual(['password', 'totp']);
  });

  it('is not enough where everything is to be given again', async () => {
    const again = { attributes: { ForceAuthn: 'true' }, ...asksMfa };
    const back = await comeBack({ ...policy, saml: { tellsTrustedBrowserAs: multipleAuthn } }, again);
    expect(back.steps).toEqual(['password', 'totp']);
  });
});
