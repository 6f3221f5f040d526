/** What a connection by OpenID Connect adds to the record. Protocol code maps it; nothing here is sent as it stands. */
import type { Instant } from '../../base/clock.ts';
import type { NameKind } from '../certificates/expected-name.ts';

/** RFC 8705, 2: by a certificate that an authority issued, or by one that is registered itself. */
export const tlsAuthentications = ['tls_client_auth', 'self_signed_tls_client_auth'] as const;
export type TlsAuthentication = (typeof tlsAuthentications)[number];

export const oidcAuthentications = [
  ...(['client_secret_basic', 'client_secret_post', 'private_key_jwt'] as const),
  ...tlsAuthentications,
  'none',
] as const;
export type OidcAuthentication = (typeof oidcAuthentications)[number];

/** The one name that the certificates of a service with tls_client_auth bear (RFC 8705, 2.1.2). */
export type TlsName = { readonly [Kind in NameKind]?: string };

/** SHA-256 of a secret of 256 random bits. Two may be valid while a service changes over. */
export interface SecretSlot {
  readonly digest: string;
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
}

export interface OidcSettings {
  readonly application: 'web' | 'native';
  readonly authentication: OidcAuthentication;
  readonly secrets: readonly SecretSlot[];
  /**
   * Public keys (RFC 7517) of a service that authenticates with private_key_jwt; of one with self_signed_tls_client_auth
   * each with its certificate (x5c).
   */
  readonly keys?: readonly Readonly<Record<string, unknown>>[];
  /** Where such a service publishes them instead (RFC 7517, 5). */
  readonly jwksUri?: string;
  /** Of a service that authenticates with tls_client_auth. */
  readonly tls?: TlsName;
  /** Its tokens are good only together with the certificate over which they were given out (RFC 8705, 3). Absent: no. */
  readonly certificateBoundTokens?: boolean;
  /** Where the redirect addresses that share pairwise subjects are listed (OIDC Core 8.1). */
  readonly sectorIdentifierUri?: string;
  /** Where the end of a session is told (OpenID Connect Back-Channel Logout 1.0, 2.2). */
  readonly backchannelLogoutUri?: string;
  /** A page that the person's browser loads in a frame then (OpenID Connect Front-Channel Logout 1.0, 2). */
  readonly frontchannelLogoutUri?: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly mayRefresh: boolean;
  /** May ask about any token at the introspection endpoint. */
  readonly mayIntrospect: boolean;
  /** `optional` only for confidential services; then a nonce is required. */
  readonly pkce: 'required' | 'optional';
  readonly requiresPushedRequest: boolean;
  readonly subject: 'public' | 'pairwise';
  readonly idTokenAlgorithm: 'RS256' | 'ES256' | 'EdDSA';
}

/** Whether an installation that can check these ways of authenticating can serve such a connection. */
export const isWithin = (
  { authentication, certificateBoundTokens }: Pick<OidcSettings, 'authentication' | 'certificateBoundTokens'>,
  checked: readonly TlsAuthentication[],
): boolean => {
  const needed = tlsAuthentications.find((one) => one === authentication);
  return needed === undefined ? !certificateBoundTokens || checked.length > 0 : checked.includes(needed);
};
