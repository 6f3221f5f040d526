import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { days, hours } from '../../src/base/duration.ts';
import { turnRing } from '../../src/core/keys/turn-ring.ts';
import { verifyEnveloped } from '../../src/protocols/saml/signature/verify.ts';
import { parseXml } from '../../src/protocols/saml/xml/parse.ts';
import { xmlsecVerifies } from '../protocols/saml/xmlsec.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { describeWith, xmlsec1 } from '../support/needs.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';

const entityDescriptor = 'urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor';
const clock = new FakeClock();
let sekisho: TestSekisho;
beforeAll(async () => {
  sekisho = await startSekisho({ clock });
});
afterAll(() => sekisho.close());

const get = () => fetch(`${sekisho.issuer}/saml/metadata`);
/** `fetch` would ask for no cached answer by itself. */
const statusFor = async (tag: string): Promise<number | undefined> => {
  const asked = request(`${sekisho.issuer}/saml/metadata`, { headers: { 'if-none-match': tag } }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
};
const xmlOf = async (): Promise<string> => (await get()).text();
const certificatesOf = (): readonly string[] =>
  sekisho.ground.ring
    .current()
    .keys.filter(({ use, algorithm }) => use === 'saml-signing' && algorithm === 'RS256')
    .flatMap(({ certificate }) => certificate?.der ?? []);
const keysIn = (xml: string): readonly string[] =>
  [...xml.matchAll(/<md:KeyDescriptor use="signing">.*?<ds:X509Certificate>([^<]*)</g)].map(([, der = '']) => der);

describe('/saml/metadata', () => {
  it('is served as metadata that anybody may keep for a while', async () => {
    const { status, headers } = await get();
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/samlmetadata+xml');
    expect(headers.get('cache-control')).toBe('public, max-age=3600');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('is the same document until it is due, and is not sent again to whoever has it', async () => {
    const first = await get();
    const tag = first.headers.get('etag') ?? '';
    const xml = await first.text();
    clock.advance(hours(6) - 1);
    expect(await xmlOf()).toBe(xml);
    expect(await statusFor(tag)).toBe(304);
    clock.advance(1);
    expect(await statusFor(tag)).toBe(200);
    expect(parseXml(await xmlOf()).root.attributes.validUntil).toBe(new Date(clock.now() + days(14)).toISOString());
  });

  it('is signed with the key that signs, and says so of itself', async () => {
    const root = verifyEnveloped(parseXml(await xmlOf()), certificatesOf());
    expect(root.attributes.entityID).toBe(`${sekisho.issuer}/saml/metadata`);
  });

  it('is read by another as what is served', async () => {
    // Its type declarations bring those of a browser with them.
    const { IdentityProvider } = createRequire(import.meta.url)('samlify') as {
      IdentityProvider(wishes: { metadata: string }): { entityMeta: Record<string, (name?: string) => unknown> };
    };
    const { entityMeta } = IdentityProvider({ metadata: await xmlOf() });
    expect(entityMeta.getEntityID?.()).toBe(`${sekisho.issuer}/saml/metadata`);
    expect(entityMeta.getSingleSignOnService?.('redirect')).toBe(`${sekisho.issuer}/saml/sso`);
    expect(entityMeta.getSingleSignOnService?.('post')).toBe(`${sekisho.issuer}/saml/sso`);
    expect(entityMeta.getX509Certificate?.('signing')).toBe(certificatesOf()[0]);
    expect(entityMeta.isWantAuthnRequestsSigned?.()).toBe(false);
  });
});

describe('while a key turns', () => {
  const turn = async () => {
    await turnRing(sekisho.ground.world, sekisho.ground.turning, { kind: 'system' });
    await sekisho.app.followRing();
    return keysIn(await xmlOf());
  };

  it('names the next one long before it signs, the one that signs first, and the last one for a while', async () => {
    const [old = ''] = certificatesOf();
    expect(keysIn(await xmlOf())).toEqual([old]);
    clock.advance(days(3285 - 180));
    const ahead = await turn();
    expect(ahead).toEqual([old, expect.any(String)]);
    const [, next = ''] = ahead;
    clock.advance(days(181));
    expect(await turn()).toEqual([next, old]);
    expect(verifyEnveloped(parseXml(await xmlOf()), [next]).attributes.ID).toMatch(/^_[0-9a-f]{32}$/);
    clock.advance(days(31));
    expect(await turn()).toEqual([next]);
    expect(new X509Certificate(Buffer.from(next, 'base64')).subject).toBe('CN=localhost');
  });
});

describeWith(xmlsec1, 'xmlsec1', () => {
  it('accepts the signature over our metadata', async () => {
    const xml = await xmlOf();
    const [signer = ''] = keysIn(xml);
    xmlsecVerifies(xml, signer, entityDescriptor);
    expect(() => xmlsecVerifies(xml.replace('Kyoto', 'Tokyo'), signer, entityDescriptor)).toThrow();
  });
});
