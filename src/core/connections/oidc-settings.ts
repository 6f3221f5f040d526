/** What a connection by OpenID Connect adds to the record. Protocol code maps it; nothing here is sent as it stands. */
import type { Instant } from '../../base/clock.ts';

export const oidcAuthentications = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] as const;
export type OidcAuthentication = (typeof oidcAuthentications)[number];

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
  /** Public keys (RFC 7517) of a service that authenticates with private_key_jwt. */
  readonly keys?: readonly Readonly<Record<string, unknown>>[];
  /** Where such a service publishes them instead (RFC 7517, 5). */
  readonly jwksUri?: string;
  /** Where the redirect addresses that share pairwise subjects are listed (OIDC Core 8.1). */
  readonly sectorIdentifierUri?: string;
  /** Where the end of a session is told (OpenID Connect Back-Channel Logout 1.0, 2.2). */
  readonly backchannelLogoutUri?: string;
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
