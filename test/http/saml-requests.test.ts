/** Everything that a service may ask in a request (Core 3.4.1), one by one, and what it is told. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { minutes } from '../../src/base/duration.ts';
import { bindings } from '../../src/protocols/saml/names.ts';
import { type RequestWishes, requestedContext } from '../protocols/saml/sample-request.ts';
import { submit } from '../support/relying-party.ts';
import { goodPassword } from '../support/sekisho.ts';
import {
  acsOf,
  addAccountWithApp,
  addSamlConnection,
  ask,
  attributeIn,
  responseIn,
  type SamlWishes,
  statusIn,
  textIn,
} from './saml-party.ts';
import { samlScene } from './saml-scene.ts';

const mfa = 'https://refeds.org/profile/mfa';
const second = 'https://kumoi.example/acs/second';

const scene = samlScene();
const { url, go } = scene;

const connect = (wishes: SamlWishes = {}) =>
  addSamlConnection(scene.sekisho, {
    ...wishes,
    saml: {
      consumers: [
        { url: acsOf('kumoi'), binding: 'post', index: 0, isDefault: true },
        { url: second, binding: 'post', index: 7 },
      ],
      ...wishes.saml,
    },
  });

describe('the place for the answer', () => {
  beforeEach(async () => {
    await scene.sekisho.addAccount();
    await connect();
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['the default where none is asked for', {}, acsOf('kumoi')],
    ['that of the URL', { AssertionConsumerServiceURL: second }, second],
    ['that of the index', { AssertionConsumerServiceIndex: '7' }, second],
    ['the default of the binding', { ProtocolBinding: bindings.post }, acsOf('kumoi')],
  ])('is %s', async (_what, attributes, place) => {
    const response = await go({ attributes });
    expect(response.action).toBe(place);
    expect(attributeIn(response, 'saml:SubjectConfirmationData', 'Recipient')).toBe(place);
  });
});

describe('ForceAuthn', () => {
  it('asks for every factor again, and tells when the older of them was given', async () => {
    await addAccountWithApp(scene.sekisho);
    await connect({ requiredLevel: 'mfa' });
    await go();
    scene.clock.advance(minutes(20));
    const response = await go({ attributes: { ForceAuthn: 'true' } });
    expect(response.steps).toEqual(['password', 'totp']);
    expect(Date.parse(attributeIn(response, 'saml:AuthnStatement', 'AuthnInstant') ?? '')).toBe(scene.clock.now());
  });

  it('is no reason to ask twice: what was proven for this request is enough', async () => {
    await scene.sekisho.addAccount();
    await connect();
    expect((await go({ attributes: { ForceAuthn: 'true' } })).steps).toEqual(['password']);
  });
});

describe('IsPassive', () => {
  const passive = { attributes: { IsPassive: 'true' } };

  it('is answered from a session that suffices', async () => {
    await scene.sekisho.addAccount();
    await connect();
    await go();
    expect(statusIn(await go(passive))).toEqual(['Success']);
  });

  it('is told NoPassive, without a page, where nobody is signed in', async () => {
    await connect();
    const response = await go(passive);
    expect(statusIn(response)).toEqual(['Responder', 'NoPassive']);
    expect(response.xml).not.toContain('Assertion');
    expect(response.xml).toContain('<ds:Signature');
    expect(attributeIn(response, 'samlp:Response', 'InResponseTo')).toBe('_r1');
  });

  it('is told NoPassive where ForceAuthn stands beside it', async () => {
    await scene.sekisho.addAccount();
    await connect();
    await go();
    expect(statusIn(await go({ attributes: { IsPassive: 'true', ForceAuthn: 'true' } }))).toEqual([
      'Responder',
      'NoPassive',
    ]);
  });

  it('is told NoPassive where the session proves too little, and RequestDenied where the service is for others', async () => {
    await addAccountWithApp(scene.sekisho);
    await connect();
    await go();
    expect(statusIn(await go({ ...passive, after: requestedContext([mfa]) }))).toEqual(['Responder', 'NoPassive']);
    await addSamlConnection(scene.sekisho, { id: 'staff', audience: { roles: ['staff'] } });
    const staff = { ...passive, issuer: 'https://staff.example/metadata' };
    expect(statusIn(await go(staff))).toEqual(['Responder', 'RequestDenied']);
  });
});

describe('Conditions', () => {
  beforeEach(async () => {
    await scene.sekisho.addAccount();
    await connect();
  });
  const conditions = (attributes: string, inside = '') => ({
    after: `<saml:Conditions${attributes}>${inside}</saml:Conditions>`,
  });
  const time = (from: number) => new Date(scene.clock.now() + from).toISOString();

  it('end the assertion sooner, never later', async () => {
    const soon = time(minutes(2));
    const shorter = await go(conditions(` NotOnOrAfter="${soon}"`));
    expect(attributeIn(shorter, 'saml:Conditions', 'NotOnOrAfter')).toBe(soon);
    const longer = await go(conditions(` NotOnOrAfter="${time(minutes(60))}"`));
    expect(attributeIn(longer, 'saml:Conditions', 'NotOnOrAfter')).toBe(time(minutes(5)));
  });

  it('may name the service itself as the audience', async () => {
    const own =
      '<saml:AudienceRestriction><saml:Audience>https://kumoi.example/metadata</saml:Audience></saml:AudienceRestriction>';
    expect(statusIn(await go(conditions('', own)))).toEqual(['Success']);
  });

  it.each<[string, () => RequestWishes]>([
    [
      'another audience',
      () => conditions('', '<saml:AudienceRestriction><saml:Audience>urn:b</saml:Audience></saml:AudienceRestriction>'),
    ],
    ['a time that has not come', () => conditions(` NotBefore="${time(minutes(4))}"`)],
    ['a time that is over', () => conditions(` NotOnOrAfter="${time(0)}"`)],
    ['a condition that nobody here can keep', () => conditions('', '<saml:OneTimeUse/>')],
  ])('are told RequestUnsupported for %s', async (_what, wishes) => {
    expect(statusIn(await go(wishes()))).toEqual(['Responder', 'RequestUnsupported']);
  });
});

describe('Scoping', () => {
  beforeEach(async () => {
    await scene.sekisho.addAccount();
    await connect();
  });
  const providers = (id: string) => ({
    after: `<samlp:Scoping ProxyCount="0"><samlp:IDPList><samlp:IDPEntry ProviderID="${id}"/></samlp:IDPList></samlp:Scoping>`,
  });

  it('that forbids to ask others, or names us, is answered', async () => {
    expect(statusIn(await go(providers(`${scene.sekisho.issuer}/saml/metadata`)))).toEqual(['Success']);
  });

  it('that names others only is told NoSupportedIDP', async () => {
    expect(statusIn(await go(providers('https://other.example/')))).toEqual(['Responder', 'NoSupportedIDP']);
  });
});

describe('a login that is refused', () => {
  it.each<[string, SamlWishes, string]>([
    ['because the service is for others', { audience: { roles: ['staff'] } }, 'RequestDenied'],
    ['because the account has no second factor', { requiredLevel: 'mfa' }, 'NoAuthnContext'],
  ])('%s is shown here, and told to the service when the person goes back', async (_why, wishes, status) => {
    await scene.sekisho.addAccount();
    await connect(wishes);
    const page = await ask(scene.sekisho, url(), scene.browser);
    const denied =
      page &&
      (await submit(scene.browser, scene.sekisho.issuer, page, { username: 'a0123456', password: goodPassword })).page;
    expect(denied?.status).toBe(403);
    const response = responseIn(
      await ask(scene.sekisho, `${scene.sekisho.issuer}${page?.url.pathname}/return`, scene.browser),
    );
    expect(statusIn(response)).toEqual(['Responder', status]);
  });

  it('because the person keeps their data to themselves is told RequestDenied', async () => {
    await scene.sekisho.addAccount();
    await connect({ consent: 'once' });
    const page = await ask(scene.sekisho, url(), scene.browser);
    const typed = { username: 'a0123456', password: goodPassword };
    const release = page && (await submit(scene.browser, scene.sekisho.issuer, page, typed)).page;
    const left = release && (await submit(scene.browser, scene.sekisho.issuer, release, { choice: 'deny' })).page;
    expect(statusIn(responseIn(left))).toEqual(['Responder', 'RequestDenied']);
  });
});

describe('a connection that asks people', () => {
  it('asks them once, and is told what they allowed', async () => {
    await scene.sekisho.addAccount();
    await connect({ consent: 'once' });
    const first = await go();
    expect(first.steps).toEqual(['password', 'release']);
    expect(textIn(first, 'saml:AttributeValue')).toBe('a0123456@st.kyoto-u.ac.jp');
    expect((await go()).steps).toEqual([]);
  });
});
