/** Which level a service asks for (Core 3.3.2.2.1), what that asks of the person, and what the service is told. */
import { describe, expect, it } from '@jest/globals';
import { requestedContext } from '../protocols/saml/sample-request.ts';
import { addAccountWithApp, passwordContext, statusIn, textIn } from './saml-party.ts';
import { samlScene } from './saml-scene.ts';

const sfa = 'https://refeds.org/profile/sfa';
const mfa = 'https://refeds.org/profile/mfa';
const aal2 = 'https://www.gakunin.jp/profile/AAL2';
const unspecified = 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified';

const scene = samlScene();
const { connect, go } = scene;

describe('RequestedAuthnContext', () => {
  /** Who has an app, after a password alone. */
  const withPassword = async () => {
    await addAccountWithApp(scene.sekisho);
    await connect();
    await go();
  };
  const asked = async (names: readonly string[], comparison?: string) => {
    const response = await go({ after: requestedContext(names, comparison) });
    return { steps: response.steps, told: textIn(response, 'saml:AuthnContextClassRef') };
  };

  it.each<[string, readonly string[], string, { steps: readonly string[]; told: string }]>([
    ['exactly what is true', [sfa], 'exact', { steps: [], told: sfa }],
    ['the weakest that is true', [passwordContext], 'exact', { steps: [], told: passwordContext }],
    ['the first of several that is true', [sfa, passwordContext], 'exact', { steps: [], told: sfa }],
    ['what a step up makes true', [mfa], 'exact', { steps: ['totp'], told: mfa }],
    ['what can be reached of several', [aal2, mfa], 'exact', { steps: ['totp'], told: mfa }],
    ['at least as much', [sfa], 'minimum', { steps: [], told: sfa }],
    ['at least as much as cannot be had without more', [mfa], 'minimum', { steps: ['totp'], told: mfa }],
    ['no more', [sfa], 'maximum', { steps: [], told: sfa }],
    ['more', [sfa], 'better', { steps: ['totp'], told: mfa }],
    ['anything at all', [unspecified], 'exact', { steps: [], told: unspecified }],
    ['a level rather than nothing, where that is true', [sfa, unspecified], 'exact', { steps: [], told: sfa }],
    ['nothing that there is rather than a step', [mfa, unspecified], 'exact', { steps: [], told: unspecified }],
  ])('asks for %s', async (_what, names, comparison, expected) => {
    await withPassword();
    expect(await asked(names, comparison)).toEqual(expected);
  });

  it('is told the highest that is true where it asks for nothing', async () => {
    await withPassword();
    expect(textIn(await go(), 'saml:AuthnContextClassRef')).toBe(sfa);
    await asked([mfa]);
    expect(textIn(await go(), 'saml:AuthnContextClassRef')).toBe(mfa);
  });

  it.each<[string, string]>([
    ['a class that nobody here knows', requestedContext(['urn:unknown'])],
    ['a level that nobody here can reach', requestedContext([aal2])],
    ['more than there is', requestedContext([aal2], 'better')],
    [
      'a declaration',
      '<samlp:RequestedAuthnContext><saml:AuthnContextDeclRef>urn:d</saml:AuthnContextDeclRef></samlp:RequestedAuthnContext>',
    ],
  ])('is told NoAuthnContext, before anybody types a password, for %s', async (_what, after) => {
    await scene.sekisho.addAccount();
    await connect();
    const response = await go({ after });
    expect(response.steps).toEqual([]);
    expect(statusIn(response)).toEqual(['Responder', 'NoAuthnContext']);
  });
});

describe('a rule of the policy about the network', () => {
  it('holds for a session that has walked outside, by SAML too', async () => {
    const rule = { name: 'off-campus', when: { outsideNetworks: ['192.0.2.0/24'] }, level: 'mfa' };
    const environment = {
      SEKISHO__POLICY__RULES: JSON.stringify([rule]),
      SEKISHO__SERVER__PROXY__TRUSTED: JSON.stringify(['127.0.0.0/8', '::1/128']),
    };
    await scene.restart(environment);
    await addAccountWithApp(scene.sekisho);
    await connect();
    scene.browser.headers['x-forwarded-for'] = '192.0.2.7';
    expect((await go()).steps).toEqual(['password']);
    scene.browser.headers['x-forwarded-for'] = '203.0.113.9';
    const outside = await go();
    expect(outside.steps).toEqual(['totp']);
    expect(textIn(outside, 'saml:AuthnContextClassRef')).toBe(mfa);
  });
});
