/** A response that the service fetches for itself (Bindings 3.6): known by its signature, once, and only what was made for it. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignedXml } from 'xml-crypto';
import { minutes } from '../../src/base/duration.ts';
import { connections } from '../../src/core/connections/connection.ts';
import type { SigningKey } from '../../src/protocols/saml/signature/sign.ts';
import { activeSigner } from '../../src/protocols/saml/signing-key.ts';
import { replace } from '../../src/store/port.ts';
import { newSigner, pemOf, privatePemOf } from '../protocols/saml/sample-keys.ts';
import { CookieBrowser } from '../support/cookie-browser.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { follow, submit } from '../support/relying-party.ts';
import { goodPassword, startSekisho, type TestSekisho } from '../support/sekisho.ts';
import { addSamlConnection, ask, handWritten } from './saml-party.ts';

const place = 'https://kumoi.example/artifact?/saml/acs&tenant=1%20a';
const entityId = 'https://kumoi.example/metadata';

let key: SigningKey;
let otherKey: SigningKey;
beforeAll(async () => {
  [key, otherKey] = await Promise.all([newSigner(), newSigner()]);
});

let clock: FakeClock;
let sekisho: TestSekisho;
beforeEach(async () => {
  clock = new FakeClock();
  sekisho = await startSekisho({ clock });
  await sekisho.addAccount();
  await addSamlConnection(sekisho, {
    saml: {
      consumers: [{ url: place, binding: 'artifact', index: 0 }],
      signingCertificates: [key.certificate],
    },
  });
  await addSamlConnection(sekisho, { id: 'other', saml: { signingCertificates: [otherKey.certificate] } });
});
afterEach(() => sekisho.close());

/** Where the browser arrives at the service. */
async function arrive(): Promise<URL> {
  const browser = new CookieBrowser();
  const login = await ask(sekisho, handWritten(sekisho, { at: clock.now() }, 'there and back'), browser);
  if (!login) throw new Error('there is no login page');
  const typed = { username: 'a0123456', password: goodPassword };
  const { left } = await submit(browser, sekisho.issuer, login, typed);
  if (!left) throw new Error('the browser stays here');
  return left;
}

interface Wishes {
  readonly issuer?: string;
  readonly by?: SigningKey | null;
  readonly destination?: string;
  readonly at?: number;
}

function resolveMessage(
  artifact: string,
  { issuer = entityId, by = key, destination, at = clock.now() }: Wishes = {},
): string {
  const to = destination === undefined ? '' : ` Destination="${destination}"`;
  const xml = `<samlp:ArtifactResolve xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0" IssueInstant="${new Date(at).toISOString()}"${to}><saml:Issuer>${issuer}</saml:Issuer><samlp:Artifact>${artifact}</samlp:Artifact></samlp:ArtifactResolve>`;
  return by === null ? xml : signed(xml, by);
}

/** By xml-crypto, as many a service does it. */
function signed(xml: string, by: SigningKey): string {
  const signature = new SignedXml({
    privateKey: privatePemOf(by),
    publicCert: pemOf(by.certificate),
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  signature.addReference({
    xpath: '/*',
    transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signature.computeSignature(xml, { location: { reference: "//*[local-name(.)='Issuer']", action: 'after' } });
  return signature.getSignedXml();
}

async function resolve(message: string): Promise<{ readonly status: number; readonly xml: string }> {
  const body = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${message}</soap:Body></soap:Envelope>`;
  const headers = { 'content-type': 'text/xml' };
  const response = await fetch(`${sekisho.issuer}/saml/artifact`, { method: 'POST', headers, body });
  return { status: response.status, xml: await response.text() };
}

const artifactIn = (url: URL): string => url.searchParams.get('SAMLart') ?? '';

describe('an artifact', () => {
  it('is all that the browser carries, beside what the service gave it', async () => {
    const url = await arrive();
    expect(`${url.origin}${url.pathname}`).toBe('https://kumoi.example/artifact');
    // Letter by letter as the service has it: some have their whole path in there.
    expect(url.search).toMatch(/^\?\/saml\/acs&tenant=1%20a&SAMLart=/);
    expect(url.searchParams.get('RelayState')).toBe('there and back');
    const octets = Buffer.from(artifactIn(url), 'base64');
    expect(octets).toHaveLength(44);
    expect(octets.readUInt16BE(0)).toBe(4);
  });

  it('is exchanged for the response, in an answer that is signed', async () => {
    const { status, xml } = await resolve(resolveMessage(artifactIn(await arrive())));
    expect(status).toBe(200);
    expect(xml).toContain('InResponseTo="_a1"');
    expect(xml).toContain('a0123456@st.kyoto-u.ac.jp');
    const verifier = new SignedXml({ publicCert: pemOf(activeSigner(sekisho.ground.ring.current().keys).certificate) });
    const [, signature = ''] = /<\/saml:Issuer>(<ds:Signature .*?<\/ds:Signature>)<samlp:Status>/.exec(xml) ?? [];
    verifier.loadSignature(signature);
    expect(verifier.checkSignature(xml)).toBe(true);
    expect(verifier.getSignedReferences()[0]).toContain('samlp:ArtifactResponse');
  });

  it('is good for one exchange, also of two at the same moment', async () => {
    const artifact = artifactIn(await arrive());
    const answers = await Promise.all([1, 2, 3].map(() => resolve(resolveMessage(artifact))));
    const full = answers.filter(({ xml }) => xml.includes('<saml:Assertion'));
    expect(full).toHaveLength(1);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await resolve(resolveMessage(artifact))).xml).not.toContain('Assertion');
  });

  it('gives another service nothing, and is not used up by it', async () => {
    const artifact = artifactIn(await arrive());
    const theirs = await resolve(resolveMessage(artifact, { issuer: 'https://other.example/metadata', by: otherKey }));
    expect(theirs).toMatchObject({ status: 200 });
    expect(theirs.xml).not.toContain('samlp:Response ');
    expect((await resolve(resolveMessage(artifact))).xml).toContain('<saml:Assertion');
  });

  it('gives nothing after its minute and that by which clocks may differ, and nothing that was made up', async () => {
    const artifact = artifactIn(await arrive());
    clock.advance(minutes(2));
    const answers = [await resolve(resolveMessage(artifact)), await resolve(resolveMessage('AAQAAA=='))];
    for (const { status, xml } of answers) {
      expect(status).toBe(200);
      expect(xml).toContain('status:Success');
      expect(xml).not.toContain('samlp:Response ');
    }
  });

  it.each<[string, Wishes & { readonly byAnother?: true }, string]>([
    ['unsigned', { by: null }, 'signature_missing'],
    ['signed by another', { byAnother: true }, 'signature_invalid'],
    ['in the name of nobody here', { issuer: 'urn:none' }, 'sender_unknown'],
    ['for another place', { destination: 'https://other.example/' }, 'destination_wrong'],
    ['too old', { at: 0 }, 'time_wrong'],
  ])('is not exchanged %s, and not used up', async (_how, wishes, reason) => {
    const artifact = artifactIn(await arrive());
    const by = wishes.byAnother ? { by: otherKey } : {};
    const { status, xml } = await resolve(resolveMessage(artifact, { ...wishes, ...by }));
    expect(status).toBe(500);
    expect(xml).toContain(`<faultstring>${reason}</faultstring>`);
    expect((await resolve(resolveMessage(artifact))).xml).toContain('<saml:Assertion');
  });

  it('is not exchanged for a service that is suspended meanwhile', async () => {
    const artifact = artifactIn(await arrive());
    const { store } = sekisho.ground.world;
    const connection = await store.get(connections, 'kumoi');
    if (!connection) throw new Error('there is no such connection');
    await store.commit([replace(connections, { ...connection, state: 'suspended' })]);
    expect((await resolve(resolveMessage(artifact))).xml).toContain('sender_suspended');
  });

  it('is asked for in SOAP and in nothing else', async () => {
    expect((await resolve('')).xml).toContain('message_unreadable');
    const { page } = await follow(new CookieBrowser(), sekisho.issuer, '/saml/artifact');
    expect(page?.status).toBe(405);
  });
});
