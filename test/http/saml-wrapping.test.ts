/**
 * Signatures that do not speak of the message they came with, against the running app. An attacker who has caught one signed
 * message of a service wants another acted upon: one that leads to a place of their choosing, or ends somebody's session.
 */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { isSignedIn } from '../counterparts/log-out.ts';
import { newSigner, pemOf } from '../protocols/saml/sample-keys.ts';
import { sampleForm, sampleQuery } from '../protocols/saml/sample-request.ts';
import { type Forging, type MessageName, messageNames } from '../protocols/saml/signature/sample-message.ts';
import { wrappingForms } from '../protocols/saml/signature/wrapped.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { follow } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { enterLogging, type LoggingService, openLogging, sloOf } from './logout-scene.ts';
import { acsOf, detailOn } from './saml-party.ts';
import { partsOf, personXml, signedByHand, type Wished } from './signed-messages.ts';

const issuer = 'https://kumoi.example/metadata';
const elsewhere = 'https://kumoi.example/second-acs';
const hmac = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256';

let key: SigningKey;
let stranger: SigningKey;
let sekisho: TestSekisho;
let browser: CookieBrowser;
let kumoi: LoggingService;
let party: LoggingService['party'];
beforeAll(async () => {
  [key, stranger] = await Promise.all([newSigner(), newSigner()]);
  sekisho = await startSekisho();
  await sekisho.addAccount();
  party = await openLogging(sekisho, 'kumoi', key, {
    requests: 'signed',
    logout: [{ binding: 'redirect', url: sloOf('kumoi') }],
    consumers: [
      { url: acsOf('kumoi'), binding: 'post', index: 0, isDefault: true },
      { url: elsewhere, binding: 'post', index: 1 },
    ],
  });
});
afterAll(() => sekisho.close());
beforeEach(async () => {
  browser = new CookieBrowser();
  kumoi = await enterLogging(sekisho, 'kumoi', party, browser);
});

let messages = 0;
const placeOf = (name: MessageName) => (name === 'AuthnRequest' ? '/saml/sso' : '/saml/slo');

/** What the attacker has: it says nothing that they want. */
function caught(name: MessageName): Wished {
  messages += 1;
  const body =
    name === 'AuthnRequest'
      ? '<samlp:NameIDPolicy AllowCreate="true"></samlp:NameIDPolicy>'
      : personXml('somebody-else', '_elsewhere');
  return { name, id: `_caught${messages}`, issuer, destination: `${sekisho.issuer}${placeOf(name)}`, body };
}

/** What they want. */
function wanted(name: MessageName, id = `_wanted${messages}`): Wished {
  const { nameID, sessionIndex } = kumoi.profile;
  const own = caught(name);
  return name === 'AuthnRequest'
    ? { ...own, id, attributes: { AssertionConsumerServiceURL: elsewhere } }
    : { ...own, id, body: personXml(nameID, String(sessionIndex)) };
}

async function post(name: MessageName, xml: string): Promise<Page | undefined> {
  const { page } = await follow(browser, sekisho.issuer, placeOf(name), { method: 'POST', body: sampleForm(xml) });
  return page;
}

const isThere = (page: Page | undefined): boolean => page?.html.includes(`action="${elsewhere}"`) ?? false;

/** Whether they have what they want. */
async function hasWorked(name: MessageName, page: Page | undefined): Promise<boolean> {
  return name === 'AuthnRequest' ? isThere(page) : !(await isSignedIn(sekisho, browser));
}

async function isRefused(name: MessageName, page: Page | undefined, reason: RegExp): Promise<void> {
  expect(detailOn(page)).toMatch(reason);
  expect(page?.status).toBeGreaterThanOrEqual(400);
  expect(await hasWorked(name, page)).toBe(false);
}

describe.each(messageNames)('an %s', (name) => {
  it('that is wanted and signed by the service is acted upon, which the others all but are', async () => {
    expect(await hasWorked(name, await post(name, signedByHand(wanted(name), { key }).signed))).toBe(true);
  });

  it('that was caught is good by itself, and not what is wanted', async () => {
    const page = await post(name, signedByHand(caught(name), { key }).signed);
    expect(detailOn(page)).toBeUndefined();
    expect(await hasWorked(name, page)).toBe(false);
  });

  const rows = Object.entries(wrappingForms).flatMap(([form, wrap]) =>
    ['its own', 'the caught'].map((whose) => ({ form, wrap, whose })),
  );
  it.each(rows)('is refused where it was wrapped under $whose ID: $form', async ({ wrap, whose }) => {
    const original = caught(name);
    const [tag, who, rest] = partsOf(wanted(name, whose === 'its own' ? undefined : original.id));
    const evil = (...content: readonly string[]) => `${tag}${who}${content.join('')}${rest}`;
    const page = await post(name, wrap({ name, ...signedByHand(original, { key }) }, evil));
    await isRefused(name, page, /^(?:signature_invalid|signature_missing|message_invalid):/);
  });

  it('is refused without the signature that is demanded', async () => {
    await isRefused(name, await post(name, signedByHand(wanted(name), { key }).original), /^signature_missing:/);
  });

  it('is refused when it was changed after it was signed', async () => {
    const { signed } = signedByHand(wanted(name), { key });
    await isRefused(
      name,
      await post(name, signed.replace('Version=', 'Consent="urn:x" Version=')),
      /^signature_invalid:/,
    );
  });

  it('is refused with the key of somebody else, also where it brings the certificate itself', async () => {
    const rest = `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${stranger.certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`;
    for (const forging of [{ key: stranger }, { key: stranger, rest }]) {
      await isRefused(name, await post(name, signedByHand(wanted(name), forging).signed), /^signature_invalid:/);
    }
  });

  const publicKeys: readonly [string, () => string | Buffer][] = [
    ['the certificate as a file', () => pemOf(key.certificate)],
    ['the octets of the certificate', () => Buffer.from(key.certificate, 'base64')],
    ['the base64 of the certificate', () => key.certificate],
  ];
  it.each(publicKeys)('is refused with an HMAC by what everybody has: %s', async (_what, secret) => {
    const hmacOf = (octets: string) => createHmac('sha256', secret()).update(octets).digest('base64');
    const forging: Forging = { key, method: hmac, signatureOf: hmacOf };
    await isRefused(name, await post(name, signedByHand(wanted(name), forging).signed), /^algorithm_refused:/);
    const query = `${sampleQuery(signedByHand(wanted(name), { key }).original)}&SigAlg=${encodeURIComponent(hmac)}`;
    const url = `${placeOf(name)}?${query}&Signature=${encodeURIComponent(hmacOf(query))}`;
    await isRefused(name, (await follow(browser, sekisho.issuer, url)).page, /^algorithm_refused:/);
  });

  const weak: readonly [string, Partial<Forging>][] = [
    ['its digest', { digestMethod: 'http://www.w3.org/2000/09/xmldsig#sha1', digestName: 'sha1' }],
    ['its signature', { method: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', hashName: 'sha1' }],
  ];
  it.each(weak)('is refused with SHA-1 for %s', async (_what, forging) => {
    const { signed } = signedByHand(wanted(name), { key, ...forging });
    await isRefused(name, await post(name, signed), /^algorithm_refused:/);
  });

  it('is refused with a document type', async () => {
    const { signed } = signedByHand(wanted(name), { key });
    await isRefused(name, await post(name, `<!DOCTYPE x []>${signed}`), /^xml_forbidden:/);
  });

  it('is that of the whole name, where a comment parts the name of the service', async () => {
    const { signed } = signedByHand({ ...wanted(name), issuer: `${issuer}.evil.example` }, { key });
    const parted = signed.replace(`${issuer}.evil`, `${issuer}<!-- -->.evil`);
    expect(parted).not.toBe(signed);
    await isRefused(name, await post(name, parted), /^sender_unknown:/);
  });
});

it('a comment parts no name of a person: the whole of it is meant', async () => {
  const { nameID, sessionIndex } = kumoi.profile;
  const body = personXml(`${nameID}.evil`, String(sessionIndex));
  const { signed } = signedByHand({ ...wanted('LogoutRequest'), body }, { key });
  const parted = signed.replace(`${nameID}.evil`, `${nameID}<!-- -->.evil`);
  const form = { method: 'POST', body: sampleForm(parted) };
  const { left } = await follow(browser, sekisho.issuer, '/saml/slo', form);
  expect(left?.origin).toBe('https://kumoi.example');
  expect(await isSignedIn(sekisho, browser)).toBe(true);
});
