/**
 * A service as @node-saml/node-saml plays it, and the ways of a person into it: requests by redirect or by form, and the
 * response as the service's own library reads it.
 */
import { SAML, type SamlConfig } from '@node-saml/node-saml';
import { type Approved, connections, type SamlConnection } from '../../src/core/connections/connection.ts';
import type { SamlSettings } from '../../src/core/connections/saml-settings.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import { activeSigner } from '../../src/protocols/saml/signing-key.ts';
import { insert } from '../../src/store/port.ts';
import { type RequestWishes, sampleQuery, sampleRequest } from '../protocols/saml/sample-request.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { CookieBrowser, type Page } from '../support/cookie-browser.ts';
import { formOf } from '../support/form-of.ts';
import { follow, submit } from '../support/relying-party.ts';
import { goodPassword, type TestSekisho } from '../support/sekisho.ts';

export const multipleAuthn = 'http://schemas.microsoft.com/claims/multipleauthn';
export const passwordContext = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';

export interface SamlWishes extends Partial<Approved> {
  readonly id?: string;
  readonly saml?: Partial<SamlSettings>;
}

export async function addSamlConnection(
  { ground }: TestSekisho,
  { id = 'kumoi', saml, ...rest }: SamlWishes = {},
): Promise<SamlConnection> {
  const { world } = ground;
  const now = world.clock.now();
  const entityId = saml?.entityId ?? `https://${id}.example/metadata`;
  const connection: SamlConnection = {
    id,
    stage: 'test',
    state: 'active',
    name: { ja: `${id} の名前`, en: `Name of ${id}` },
    homeUrl: `https://${id}.example/`,
    desk: { name: { ja: `${id} の窓口`, en: `Desk of ${id}` } },
    audience: {},
    release: [{ attribute: 'mail', required: true }],
    consent: 'none',
    isListed: true,
    createdAt: now,
    changedAt: now,
    ...rest,
    entityId,
    saml: {
      consumers: [{ url: acsOf(id), binding: 'post', index: 0, isDefault: true }],
      logout: [],
      signingCertificates: [],
      encryptionCertificates: [],
      requests: 'any',
      signs: 'assertion',
      signatureAlgorithm: 'rsa-sha256',
      encrypts: 'when-possible',
      cipher: 'aes256-gcm',
      nameIds: ['transient', 'persistent'],
      subjectIdentifier: 'none',
      mayBeUnsolicited: false,
      ...saml,
      entityId,
    },
  };
  await world.store.commit([insert(connections, connection)]);
  return connection;
}

export const acsOf = (id: string): string => `https://${id}.example/acs`;

/** The service `id` with what it knows of this identity provider: addresses and a certificate. */
export function samlParty({ issuer, ground }: TestSekisho, id = 'kumoi', options: Partial<SamlConfig> = {}): SAML {
  return new SAML({
    issuer: `https://${id}.example/metadata`,
    callbackUrl: acsOf(id),
    entryPoint: `${issuer}/saml/sso`,
    idpIssuer: `${issuer}/saml/metadata`,
    idpCert: activeSigner(ground.ring.current().keys).certificate,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    audience: `https://${id}.example/metadata`,
    ...options,
  });
}

export const requestUrl = (party: SAML, relayState = 'where-I-was'): Promise<string> =>
  party.getAuthorizeUrlAsync(relayState, undefined, {});

export interface SentResponse {
  readonly page: Page;
  /** Where the form leads. */
  readonly action: string;
  readonly xml: string;
  readonly relayState: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** What a page of ours would have the browser post. */
export function responseIn(page: Page | undefined): SentResponse {
  if (!page) throw new Error('the browser has left before a page was shown');
  const { action, fields } = formOf(page);
  const encoded = fields.get('SAMLResponse');
  if (encoded === null) throw new Error(`no response on ${page.url.pathname} (${page.status}): ${detailOn(page)}`);
  return {
    page,
    action,
    xml: Buffer.from(encoded, 'base64').toString(),
    relayState: plain(fields.get('RelayState')),
    fields: Object.fromEntries(fields),
  };
}

/** What an error page tells whoever runs the service. */
export const detailOn = (page: Page | undefined): string | undefined =>
  /<p class="detail">([^<]*)</.exec(page?.html ?? '')?.[1];

/** As a browser reads the value of an attribute. */
const plain = (written: string | null): string | null =>
  written
    ?.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&') ?? null;

/** A request by redirect, and the page to which it leads. */
export async function ask(
  { issuer }: TestSekisho,
  url: string | URL,
  browser = new CookieBrowser(),
): Promise<Page | undefined> {
  return (await follow(browser, issuer, new URL(url))).page;
}

const app = authenticatorApp(sampleSecret);

export interface Entered extends SentResponse {
  /** The steps that were asked on the way. */
  readonly steps: readonly string[];
}

/** To the service, with everything that is asked given rightly. */
export async function enter(
  sekisho: TestSekisho,
  url: string | URL,
  browser = new CookieBrowser(),
  loginName = 'a0123456',
): Promise<Entered> {
  const answers: Readonly<Record<string, () => Record<string, string>>> = {
    password: () => ({ username: loginName, password: goodPassword }),
    totp: () => ({ code: app.codeAt(sekisho.ground.world.clock.now()) }),
    release: () => ({ choice: 'allow' }),
  };
  const steps: string[] = [];
  let page = await ask(sekisho, url, browser);
  for (let step = stepOn(page); page && step !== undefined; step = stepOn(page)) {
    const typed = answers[step];
    if (!typed || steps.length > 5) throw new Error(`nothing was expected to be asked: ${step}`);
    steps.push(step);
    page = (await submit(browser, sekisho.issuer, page, typed())).page;
  }
  return { ...responseIn(page), steps };
}

/** Which page of the login it is, by the step that its form names. */
export const stepOn = (page: Page | undefined): string | undefined =>
  /name="step" value="([^"]+)"/.exec(page?.html ?? '')?.[1];

/** An account with an authenticator app. */
export async function addAccountWithApp(sekisho: TestSekisho): Promise<void> {
  const { world, masterKey } = sekisho.ground;
  const { id } = await sekisho.addAccount();
  await world.store.commit([insert(credentials, heldApp(masterKey, id))]);
}

/** As the service's library sees it, with every check that it has. */
export const accepted = async (party: SAML, { fields }: SentResponse) => {
  const { profile } = await party.validatePostResponseAsync({ ...fields });
  if (!profile) throw new Error('the service made no profile of the response');
  return profile;
};

/** The two codes of a status response, without their common beginning. */
export function statusIn({ xml }: SentResponse): readonly string[] {
  return [...xml.matchAll(/<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2\.0:status:(\w+)"/g)].map(
    ([, code = '']) => code,
  );
}

/** The address of a request written by hand. */
export const handWritten = ({ issuer }: TestSekisho, wishes: RequestWishes = {}, relayState?: string): string =>
  `${issuer}/saml/sso?${sampleQuery(sampleRequest(wishes), relayState)}`;

/** What stands between the tags of the first such element of a response. */
export const textIn = ({ xml }: SentResponse, name: string): string | undefined =>
  new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`).exec(xml)?.[1];

export const attributeIn = ({ xml }: SentResponse, name: string, attribute: string): string | undefined =>
  new RegExp(`<${name} [^>]*?${attribute}="([^"]*)"`).exec(xml)?.[1];
