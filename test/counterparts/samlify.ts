/** samlify as a service, by metadata alone. Its type declarations bring those of a browser with them, so they stand here. */
import { createRequire } from 'node:module';
import type { TestSekisho } from '../support/sekisho.ts';
import { newServiceKey } from './certificate.ts';
import { ownMetadata } from './connect.ts';

/** As it hands out what a browser is to carry. */
export interface Sent {
  readonly id: string;
  /** By redirect: an address; by POST: the message in base64. */
  readonly context: string;
  readonly entityEndpoint?: string;
}

export interface ReadResponse {
  readonly samlContent: string;
  readonly extract: {
    readonly nameID: string;
    readonly sessionIndex?: { readonly sessionIndex: string };
    readonly attributes: Readonly<Record<string, string | readonly string[]>>;
    readonly response?: Readonly<Record<string, string>>;
  };
}

type Request = { readonly body?: object; readonly query?: object; readonly octetString?: string };
type Binding = 'redirect' | 'post';

export interface SamlifyService {
  getMetadata(): string;
  createLoginRequest(idp: unknown, binding: Binding, wishes?: { readonly relayState?: string }): Sent;
  parseLoginResponse(idp: unknown, binding: Binding, request: Request): Promise<ReadResponse>;
  createLogoutRequest(idp: unknown, binding: Binding, user: object, wishes?: { readonly relayState?: string }): Sent;
  parseLogoutResponse(idp: unknown, binding: Binding, request: Request): Promise<ReadResponse>;
}

const samlify = createRequire(import.meta.url)('samlify') as {
  IdentityProvider(wishes: object): unknown;
  ServiceProvider(wishes: object): SamlifyService;
  setSchemaValidator(validator: { validate(xml: string): Promise<unknown> }): void;
};
// What it verifies is what is tested; the schema is another's, and it brings none itself.
samlify.setSchemaValidator({ validate: () => Promise.resolve('not looked at') });

export const samlifyAcs = 'https://samlify.example/acs';
const slo = 'https://samlify.example/slo';

const bindings = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
};

export interface Samlify {
  readonly sp: SamlifyService;
  readonly idp: unknown;
}

export async function openSamlify(
  sekisho: TestSekisho,
  { encrypted, wantsSignedAssertions }: { readonly encrypted: boolean; readonly wantsSignedAssertions: boolean },
): Promise<Samlify> {
  const { key, certificate } = await newServiceKey();
  const sp = samlify.ServiceProvider({
    entityID: 'https://samlify.example/metadata',
    wantAssertionsSigned: wantsSignedAssertions,
    wantMessageSigned: true,
    wantLogoutResponseSigned: true,
    signingCert: certificate,
    privateKey: key,
    requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    // Its own default is the place in a Response, whatever it signs.
    signatureConfig: { prefix: 'ds', location: { reference: "/*/*[local-name(.)='Issuer']", action: 'after' } },
    nameIDFormat: ['urn:oasis:names:tc:SAML:2.0:nameid-format:transient'],
    assertionConsumerService: [{ Binding: bindings.post, Location: samlifyAcs }],
    singleLogoutService: [
      { Binding: bindings.redirect, Location: slo },
      { Binding: bindings.post, Location: slo },
    ],
    ...(encrypted ? { encryptCert: certificate, encPrivateKey: key } : {}),
  });
  const idp = samlify.IdentityProvider({
    metadata: await ownMetadata(sekisho),
    isAssertionEncrypted: encrypted,
    wantLogoutRequestSigned: true,
  });
  return { sp, idp };
}
