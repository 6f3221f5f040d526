/**
 * Microsoft 365 (Entra ID) as a service: what it demands of an identity provider, field by field ("Use a SAML 2.0 identity
 * provider for single sign-on"). It reads no metadata of ours; the certificate and the issuer are pasted on its side.
 */
import type { Finding } from '../../../base/document/problem.ts';
import type { SamlSettings } from '../saml-settings.ts';

/** The one class that Entra takes for a login with two factors; attributes that say so are ignored. */
export const multipleAuthn = 'http://schemas.microsoft.com/claims/multipleauthn';
const passwordClass = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport';
const signIn = 'https://login.microsoftonline.com/login.srf';

/** The fields that nothing may change. `released`: the attribute whose value is the userPrincipalName. */
export const microsoft365 = (released: string | undefined) =>
  ({
    preset: 'microsoft365',
    entityId: 'urn:federation:MicrosoftOnline',
    consumers: [{ url: signIn, binding: 'post', index: 0, isDefault: true }],
    // A signature over the response, or an encrypted assertion, is refused there.
    signs: 'assertion',
    signatureAlgorithm: 'rsa-sha256',
    encrypts: 'never',
    encryptionCertificates: [],
    nameIds: ['persistent'],
    subjectIdentifier: 'none',
    mayBeUnsolicited: false,
    attributeNames: released === undefined ? {} : { [released]: 'IDPEmail' },
    contexts: [passwordClass, multipleAuthn],
  }) as const satisfies Partial<SamlSettings>;

/** As it is written, refused parts left out. */
export interface WrittenRelease {
  readonly attribute?: string | undefined;
  readonly required?: boolean | undefined;
}

/** What the university has to say itself. Paths begin at the connection. */
export function checkMicrosoft365(
  saml: Partial<SamlSettings>,
  release: readonly (WrittenRelease | undefined)[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const object = (path: readonly string[], message: string) => findings.push({ path, message });
  const [only] = release;
  if (release.length !== 1 || only?.required !== true) {
    object(
      ['release'],
      'must be one attribute, required: the userPrincipalName of the user, told as IDPEmail and nothing else',
    );
  }
  if (saml.nameIdFrom === undefined) {
    object(['saml', 'nameIdFrom'], 'is missing: the attribute that holds the onPremisesImmutableId of the user');
  }
  // Without it the next turn of the keys would end every login there: what was pasted is all that Entra knows.
  if (saml.pinnedKey === undefined) {
    object(
      ['saml', 'pinnedKey'],
      'is missing: the key whose certificate is pasted there; `sekisho keys list` names it',
    );
  }
  const told = saml.tellsTrustedBrowserAs;
  if (told !== undefined && told !== multipleAuthn) {
    object(
      ['saml', 'tellsTrustedBrowserAs'],
      `can only be ${multipleAuthn}: Entra knows no other name for two factors`,
    );
  }
  return findings;
}
