/** Somebody signed in to services by SAML, which take part in logging out as @node-saml/node-saml does, and as no good one would. */
import { inflateRawSync } from 'node:zlib';
import type { Profile, SAML, SamlConfig } from '@node-saml/node-saml';
import type { SamlSettings } from '../../src/core/connections/saml-settings.ts';
import { encodePost } from '../../src/protocols/saml/bindings/post.ts';
import { encodeRedirect } from '../../src/protocols/saml/bindings/redirect.ts';
import { type SigningKey, signEnveloped } from '../../src/protocols/saml/signature/sign.ts';
import { write, type XmlPiece } from '../../src/protocols/saml/xml/write.ts';
import { pemOf, privatePemOf } from '../protocols/saml/sample-keys.ts';
import type { CookieBrowser, Page } from '../support/cookie-browser.ts';
import { follow } from '../support/relying-party.ts';
import type { TestSekisho } from '../support/sekisho.ts';
import { accepted, addSamlConnection, enter, requestUrl, samlParty } from './saml-party.ts';

export interface LoggingService {
  readonly id: string;
  readonly party: SAML;
  readonly profile: Profile;
}

export const sloOf = (id: string): string => `https://${id}.example/slo`;

export async function openLogging(
  sekisho: TestSekisho,
  id: string,
  key: SigningKey,
  saml: Partial<SamlSettings> = {},
  options: Partial<SamlConfig> = {},
): Promise<SAML> {
  await addSamlConnection(sekisho, {
    id,
    saml: { signingCertificates: [key.certificate], logout: [{ binding: 'redirect', url: sloOf(id) }], ...saml },
  });
  return samlParty(sekisho, id, {
    logoutUrl: `${sekisho.issuer}/saml/slo`,
    privateKey: privatePemOf(key),
    publicCert: pemOf(key.certificate),
    validateInResponseTo: 'never' as never,
    ...options,
  });
}

export async function enterLogging(
  sekisho: TestSekisho,
  id: string,
  party: SAML,
  browser: CookieBrowser,
): Promise<LoggingService> {
  const profile = await accepted(party, await enter(sekisho, await requestUrl(party), browser));
  return { id, party, profile };
}

/** What a service is sent in the query of an address: the message as its library reads it. */
export async function readBy({ party }: LoggingService, url: URL | undefined) {
  if (!url) throw new Error('the browser has not left');
  return party.validateRedirectAsync(Object.fromEntries(url.searchParams), url.search.slice(1));
}

/** The state words on the page of a round, by service. */
export function statesOn(page: Page | undefined): Readonly<Record<string, string>> {
  const found = [
    ...(page?.html ?? '').matchAll(/<li class="logout-item logout-(\w+)" data-testid[\s\S]*?logout-name">([^<]+)</g),
  ];
  return Object.fromEntries(found.map(([, state = '', name = '']) => [name, state]));
}

export const linkOn = (page: Page | undefined, testId: string): string =>
  new RegExp(`href="([^"]+)"[^>]*data-testid="${testId}"`).exec(page?.html ?? '')?.[1] ?? `no ${testId}`;

export const framesOn = (page: Page | undefined): readonly string[] =>
  [...(page?.html ?? '').matchAll(/(?:data-frame|<iframe[^>]* src)="([^"]+)"/g)].map(([, href = '']) => href);

/** To /saml/slo by redirect, as whoever holds the key writes it. */
export async function sentByRedirect(
  sekisho: TestSekisho,
  browser: CookieBrowser,
  message: XmlPiece,
  { kind = 'SAMLRequest' as 'SAMLRequest' | 'SAMLResponse', signer = undefined as SigningKey | undefined } = {},
) {
  const url = await encodeRedirect(
    { url: `${sekisho.issuer}/saml/slo`, kind, relayState: 'there' },
    write(message),
    signer,
  );
  return follow(browser, sekisho.issuer, url);
}

export async function sentByPost(
  sekisho: TestSekisho,
  browser: CookieBrowser,
  message: XmlPiece,
  { kind = 'SAMLRequest' as 'SAMLRequest' | 'SAMLResponse', signer = undefined as SigningKey | undefined } = {},
) {
  const xml = write(message);
  const { fields } = encodePost(
    { url: '', kind, relayState: 'there' },
    signer ? await signEnveloped(xml, signer) : xml,
  );
  return follow(browser, sekisho.issuer, '/saml/slo', { method: 'POST', body: new URLSearchParams(fields) });
}

/** The codes of a LogoutResponse in the query of an address, without their common beginning. */
export function statusesIn(url: URL | undefined): readonly string[] {
  const xml = inflateRawSync(Buffer.from(url?.searchParams.get('SAMLResponse') ?? '', 'base64')).toString();
  return [...xml.matchAll(/status:(\w+)"/g)].map(([, code = '']) => code);
}
