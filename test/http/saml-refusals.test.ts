/**
 * What a service by SAML is refused, each fixture apart from a good request by one thing: shown here in words, with the desk
 * that helps, since nobody knows for certain where an answer would go.
 */
import { sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bindings } from '../../src/protocols/saml/names.ts';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { newSigner, pemOf, privatePemOf } from '../protocols/saml/sample-keys.ts';
import { type RequestWishes, sampleForm, sampleQuery, sampleRequest } from '../protocols/saml/sample-request.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { follow } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { addSamlConnection, ask, detailOn, samlParty } from './saml-party.ts';

const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

let clock: FakeClock;
let sekisho: TestSekisho;
let key: SigningKey;
let stranger: SigningKey;
beforeAll(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  [key, stranger] = await Promise.all([newSigner(), newSigner()]);
  await addSamlConnection(sekisho, { saml: { signingCertificates: [key.certificate] } });
  const signs = { signingCertificates: [key.certificate], requests: 'signed' as const };
  await addSamlConnection(sekisho, { id: 'signing', saml: signs });
  await addSamlConnection(sekisho, { id: 'asleep', state: 'suspended' });
  await sekisho.addAccount();
});
afterAll(() => sekisho.close());

let requests = 0;
const xml = (wishes: RequestWishes = {}): string => {
  requests += 1;
  return sampleRequest({ at: clock.now(), id: `_r${requests}`, ...wishes });
};
const visit = (query: string): Promise<Page | undefined> => ask(sekisho, `${sekisho.issuer}/saml/sso?${query}`);
const post = async (body: URLSearchParams): Promise<Page | undefined> =>
  (await follow(new CookieBrowser(), sekisho.issuer, '/saml/sso', { method: 'POST', body })).page;

/** As the service signs a query; `alter` is what an attacker makes of it afterwards. */
function signedQuery(
  message: string,
  { by = key, algorithm = rsaSha256, hash = 'sha256', relayState = 'r' } = {},
): string {
  const signed = `${sampleQuery(message, relayState)}&SigAlg=${encodeURIComponent(algorithm)}`;
  return `${signed}&Signature=${encodeURIComponent(sign(hash, Buffer.from(signed), by.key).toString('base64'))}`;
}

const at = (destination = `${sekisho.issuer}/saml/sso`) => ({ attributes: { Destination: destination } });
const isAsked = (page: Page | undefined) => page?.url.pathname.startsWith('/login/');

describe('the requests that the others are made of', () => {
  it('lead to the login: unsigned, signed, and posted', async () => {
    expect(isAsked(await visit(sampleQuery(xml())))).toBe(true);
    expect(isAsked(await visit(signedQuery(xml(at()))))).toBe(true);
    expect(isAsked(await visit(signedQuery(xml({ ...at(), issuer: 'https://signing.example/metadata' }))))).toBe(true);
    expect(isAsked(await post(sampleForm(xml())))).toBe(true);
  });
});

describe('a request that is signed with escapes of another make', () => {
  it('is verified as it came, also after the language was changed on the way', async () => {
    const lower = (query: string) => query.replace(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase());
    const signed = `${lower(sampleQuery(xml(at()), 'r/1'))}&SigAlg=${lower(encodeURIComponent(rsaSha256))}`;
    const signature = encodeURIComponent(sign('sha256', Buffer.from(signed), key.key).toString('base64'));
    expect(isAsked(await visit(`${signed}&Signature=${signature}`))).toBe(true);
    const page = await visit(`${signed}&Signature=${signature}&lang=en`);
    expect(isAsked(page)).toBe(true);
    expect(page?.html).toContain('<html lang="en">');
  });
});

describe('a request is refused, and shown here', () => {
  const at4Minutes = 4 * 60_000;
  it.each<[string, () => string, string]>([
    ['no message', () => 'RelayState=a', 'message_unreadable'],
    [
      'that is not deflated',
      () => `SAMLRequest=${encodeURIComponent(Buffer.from(xml()).toString('base64'))}`,
      'message_unreadable',
    ],
    ['sent twice', () => `${sampleQuery(xml())}&${sampleQuery(xml())}`, 'message_unreadable'],
    ['that is a response', () => sampleQuery(xml()).replace('SAMLRequest', 'SAMLResponse'), 'message_invalid'],
    [
      'that bursts when it is inflated',
      () => sampleQuery(xml({ extensions: ' '.repeat(400_000) })),
      'message_too_large',
    ],
    ['that is no XML', () => sampleQuery('<samlp:AuthnRequest'), 'xml_malformed'],
    ['with a document type', () => sampleQuery(`<!DOCTYPE a [<!ENTITY b "c">]>${xml()}`), 'xml_forbidden'],
    ['of another kind', () => sampleQuery(xml().replaceAll('AuthnRequest', 'LogoutRequest')), 'message_invalid'],
    ['of another version', () => sampleQuery(xml({ attributes: { Version: '1.1' } })), 'version_unsupported'],
    [
      'of a service that nobody knows',
      () => sampleQuery(xml({ issuer: 'https://unknown.example/' })),
      'sender_unknown',
    ],
    [
      'of a service known by another letter',
      () => sampleQuery(xml({ issuer: 'https://kumoi.example/Metadata' })),
      'sender_unknown',
    ],
    [
      'of a suspended service',
      () => sampleQuery(xml({ issuer: 'https://asleep.example/metadata' })),
      'sender_suspended',
    ],
    [
      'unsigned, of a service that signs',
      () => sampleQuery(xml({ issuer: 'https://signing.example/metadata' })),
      'signature_missing',
    ],
    ['signed by somebody else', () => signedQuery(xml(at()), { by: stranger }), 'signature_invalid'],
    [
      'signed, with another RelayState',
      () => signedQuery(xml(at())).replace('RelayState=r', 'RelayState=s'),
      'signature_invalid',
    ],
    [
      'signed, with another message',
      () => `${sampleQuery(xml(at()), 'r')}${signedQuery(xml(at())).replace(/^.*?(?=&SigAlg)/, '')}`,
      'signature_invalid',
    ],
    ['with half a signature', () => signedQuery(xml(at())).replace(/&Signature=.*/, ''), 'signature_missing'],
    [
      'signed with SHA-1',
      () => signedQuery(xml(at()), { algorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', hash: 'sha1' }),
      'algorithm_refused',
    ],
    ['signed, and meant for nobody', () => signedQuery(xml()), 'destination_wrong'],
    [
      'signed, and meant for another',
      () => signedQuery(xml(at('https://other.example/saml/sso'))),
      'destination_wrong',
    ],
    ['meant for another, unsigned', () => sampleQuery(xml(at('https://other.example/saml/sso'))), 'destination_wrong'],
    ['that is too old', () => sampleQuery(xml({ at: clock.now() - at4Minutes })), 'time_wrong'],
    ['of a time to come', () => sampleQuery(xml({ at: clock.now() + at4Minutes })), 'time_wrong'],
    [
      'for a place of somebody else',
      () => sampleQuery(xml({ attributes: { AssertionConsumerServiceURL: 'https://evil.example/acs' } })),
      'consumer_unknown',
    ],
    [
      'for a place that begins alike',
      () => sampleQuery(xml({ attributes: { AssertionConsumerServiceURL: 'https://kumoi.example/acs/' } })),
      'consumer_unknown',
    ],
    [
      'for a place of another letter',
      () => sampleQuery(xml({ attributes: { AssertionConsumerServiceURL: 'https://KUMOI.example/acs' } })),
      'consumer_unknown',
    ],
    [
      'for an index that there is not',
      () => sampleQuery(xml({ attributes: { AssertionConsumerServiceIndex: '3' } })),
      'consumer_unknown',
    ],
    [
      'for a binding by which no response goes',
      () => sampleQuery(xml({ attributes: { ProtocolBinding: bindings.redirect } })),
      'binding_unsupported',
    ],
    [
      'for a binding that the place has not',
      () => sampleQuery(xml({ attributes: { ProtocolBinding: bindings.artifact } })),
      'consumer_unknown',
    ],
  ])('%s', async (_what, query, reason) => {
    const page = await visit(query());
    expect(detailOn(page)?.split(':')[0]).toBe(reason);
    expect(page?.status).toBeGreaterThanOrEqual(400);
    expect(page?.html).not.toContain('name="SAMLResponse"');
  });

  it.each<[string, () => Promise<URLSearchParams>, string]>([
    ['signed by somebody else', () => signedForm(stranger), 'signature_invalid'],
    [
      'changed after it was signed',
      async () => altered(await signedForm(key), 'Version="2.0"', 'ForceAuthn="true" Version="2.0"'),
      'signature_invalid',
    ],
    ['signed with SHA-1', () => signedForm(key, 'sha1'), 'algorithm_refused'],
    [
      'with two messages',
      async () => new URLSearchParams([...sampleForm(xml()), ...sampleForm(xml())]),
      'message_unreadable',
    ],
  ])('posted, %s', async (_what, form, reason) => {
    const body = await form();
    expect(detailOn(await post(body))?.split(':')[0]).toBe(reason);
  });

  /** By node-saml, with the clock of this test. */
  async function signedForm(by: SigningKey, algorithm: 'sha1' | 'sha256' = 'sha256'): Promise<URLSearchParams> {
    const party = samlParty(sekisho, 'kumoi', {
      privateKey: privatePemOf(by),
      publicCert: pemOf(by.certificate),
      authnRequestBinding: 'HTTP-POST',
      skipRequestCompression: true,
      signatureAlgorithm: algorithm,
      digestAlgorithm: algorithm,
    });
    const { SAMLRequest: message } = await party.getAuthorizeMessageAsync('', undefined, {});
    return new URLSearchParams({ SAMLRequest: String(message) });
  }

  function altered(form: URLSearchParams, from: string, to: string): URLSearchParams {
    const message = Buffer.from(form.get('SAMLRequest') ?? '', 'base64').toString();
    if (!message.includes(from)) throw new Error('there was nothing to alter');
    return sampleForm(message.replace(from, to));
  }
});

it('is not used up by whoever only looks whether its address is good', async () => {
  const browser = new CookieBrowser();
  const url = `${sekisho.issuer}/saml/sso?${sampleQuery(xml())}`;
  expect((await browser.send(url, { method: 'HEAD' })).status).toBe(405);
  expect(isAsked(await ask(sekisho, url, browser))).toBe(true);
});

describe('the page of a refusal', () => {
  it('names the service, its desk and a way back once it is known who asks', async () => {
    const page = await visit(sampleQuery(xml(at('https://other.example/'))));
    expect(page?.html).toContain('kumoi の窓口');
    expect(page?.html).toContain('href="https://kumoi.example/"');
    expect(page?.html).toMatch(/incident-number">[0-9A-Z]{4}-[0-9A-Z]{4}</);
  });

  it('names nobody whom it does not know', async () => {
    const page = await visit(sampleQuery(xml({ issuer: 'https://unknown.example/' })));
    expect(page?.html).not.toContain('unknown.example');
    expect(page?.html).toContain('登録されていないサービス');
  });

  it('tells of a bookmark that it is one', async () => {
    const page = await visit(sampleQuery(xml({ at: clock.now() - 3_600_000 })));
    expect(page?.status).toBe(410);
    expect(page?.html).toContain('ブックマーク');
  });
});
