/** A connection as oidc-provider's client metadata (OpenID Connect Dynamic Client Registration 1.0, section 2). */
import type { Client, ClientMetadata } from 'oidc-provider';
import { hours } from '../../base/duration.ts';
import { connections, isOidc, type OidcConnection } from '../../core/connections/connection.ts';
import { isWithin, type OidcSettings, type TlsAuthentication } from '../../core/connections/oidc-settings.ts';
import type { World } from '../../core/world.ts';
import type { Stored } from '../../store/port.ts';
import type { ClaimMap } from './claims.ts';
import { sectorOf } from './subjects.ts';

/** Our own metadata, on oidc-provider's client for its synchronous hooks. */
export const pkceProperty = 'sekisho_pkce';
export const introspectProperty = 'sekisho_may_introspect';

/** Says of which state of the record a client was made; another state is another client. */
const versionProperty = 'sekisho_version';

/**
 * Of which hour a client is that publishes its keys. oidc-provider keeps the keys it fetched for as long as they fit, so a
 * key that the service has withdrawn would stay good: another hour is another client, for which they are fetched anew.
 */
const hourProperty = 'sekisho_keys_hour';

/** oidc-provider knows them no more; they are ours (Front-Channel Logout 1.0, 2). */
const frontChannelProperties = ['frontchannel_logout_uri', 'frontchannel_logout_session_required'];

export const ownProperties = [
  pkceProperty,
  introspectProperty,
  versionProperty,
  hourProperty,
  ...frontChannelProperties,
];

export interface Clients {
  find(id: string): Promise<ClientMetadata | undefined>;
  /** The very record of which this client was made, without reading it again. */
  connectionOf(client: Client | undefined): Promise<OidcConnection | undefined>;
}

/**
 * A suspended connection is none, from the next request on, and its tokens with it.
 * oidc-provider derives keys from `client_secret`; it is handed a value that nobody knows, never the stored digest.
 */
export function clientsIn(
  { store, ids, clock }: World,
  claims: ClaimMap,
  tlsMethods: readonly TlsAuthentication[] = [],
): Clients {
  const placeholder = ids.token();
  // Every request begins by finding its client; what it goes on to ask of the connection is answered from that reading.
  const lastRead = new Map<string, Stored<OidcConnection>>();
  return {
    async find(id) {
      const connection = await store.get(connections, id);
      if (connection?.state !== 'active' || !isOidc(connection)) return undefined;
      // Approved under another configuration: it could not authenticate, or its tokens would go out unbound.
      if (!isWithin(connection.oidc, tlsMethods)) return undefined;
      lastRead.set(id, connection);
      return {
        ...metadataOf(connection, placeholder, claims),
        [versionProperty]: connection.version,
        ...(connection.oidc.jwksUri ? { [hourProperty]: Math.floor(clock.now() / hours(1)) } : {}),
      };
    },
    async connectionOf(client) {
      if (!client) return undefined;
      const known = lastRead.get(client.clientId);
      if (known?.version === client[versionProperty]) return known;
      const connection = await store.get(connections, client.clientId);
      return connection && isOidc(connection) ? connection : undefined;
    },
  };
}

export function metadataOf(
  { id, name, homeUrl, release, oidc }: OidcConnection,
  placeholder: string,
  claims: ClaimMap,
): ClientMetadata {
  const hasSecret = oidc.authentication === 'client_secret_basic' || oidc.authentication === 'client_secret_post';
  return {
    client_id: id,
    client_name: name.en,
    'client_name#ja': name.ja,
    client_uri: homeUrl,
    application_type: oidc.application,
    token_endpoint_auth_method: oidc.authentication,
    ...(hasSecret ? { client_secret: placeholder } : {}),
    ...(oidc.keys ? { jwks: { keys: [...oidc.keys] as never } } : {}),
    ...(oidc.jwksUri ? { jwks_uri: oidc.jwksUri } : {}),
    ...tlsMetadata(oidc),
    grant_types: oidc.mayRefresh ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [...oidc.redirectUris],
    post_logout_redirect_uris: [...oidc.postLogoutRedirectUris],
    ...frontChannelMetadata(oidc),
    require_auth_time: true,
    subject_type: oidc.subject,
    // Its host is all that counts, and of the whole oidc-provider would demand https, in development too.
    ...(oidc.sectorIdentifierUri ? { sector_identifier_uri: `https://${sectorOf({ oidc })}/` } : {}),
    id_token_signed_response_alg: oidc.idTokenAlgorithm,
    require_pushed_authorization_requests: oidc.requiresPushedRequest,
    [pkceProperty]: oidc.pkce,
    [introspectProperty]: oidc.mayIntrospect,
    scope: claims.scopesOf(release, oidc.mayRefresh).join(' '),
  };
}

/** Every frame names the session, whether the service asks for that or not. */
const frontChannelMetadata = ({ frontchannelLogoutUri: uri }: OidcSettings): Partial<ClientMetadata> =>
  uri === undefined ? {} : { frontchannel_logout_uri: uri, frontchannel_logout_session_required: true };

/** RFC 8705, 2.1.2 and 3.4; of the names exactly one is there (core/connections/tls-rules.ts). */
const tlsMetadata = ({ tls = {}, certificateBoundTokens }: OidcSettings): Partial<ClientMetadata> => ({
  ...(tls.subjectDn === undefined ? {} : { tls_client_auth_subject_dn: tls.subjectDn }),
  ...(tls.sanDns === undefined ? {} : { tls_client_auth_san_dns: tls.sanDns }),
  ...(tls.sanUri === undefined ? {} : { tls_client_auth_san_uri: tls.sanUri }),
  ...(tls.sanIp === undefined ? {} : { tls_client_auth_san_ip: tls.sanIp }),
  ...(tls.sanEmail === undefined ? {} : { tls_client_auth_san_email: tls.sanEmail }),
  ...(certificateBoundTokens ? { tls_client_certificate_bound_access_tokens: true } : {}),
});
