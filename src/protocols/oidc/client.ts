/**
 * A connection as oidc-provider's client (its metadata: OpenID Connect Dynamic Client Registration 1.0, section 2). Each is
 * made once for each state of its connection: making one takes longer than most requests do with it.
 */
import { isDeepStrictEqual } from 'node:util';
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

/** oidc-provider knows them no more; they are ours (Front-Channel Logout 1.0, 2). */
const frontChannelProperties = ['frontchannel_logout_uri', 'frontchannel_logout_session_required'];

export const ownProperties = [pkceProperty, introspectProperty, ...frontChannelProperties];

export type MakeClient = (metadata: ClientMetadata) => Client;

export interface Clients {
  /**
   * oidc-provider's `Client.find`. Each edition of the key ring has a provider of its own, and clients hang on theirs.
   * What is no text is nobody's id: oidc-provider asks for what an assertion or a hint says, before anything of it is verified.
   */
  finder(make: MakeClient): (id: unknown) => Promise<Client | undefined>;
  /** The very record of which this client was made, without reading it again. */
  connectionOf(client: Client | undefined): OidcConnection | undefined;
}

interface Made {
  readonly client: Client;
  readonly hour: number | undefined;
  /** As it was last read, which the store may answer again. */
  connection: Stored<OidcConnection>;
}

/** Those of services that nobody has come from for long are made again. */
const mostMade = 500;

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
  const connectionsOf = new WeakMap<Client, OidcConnection>();

  async function read(id: string): Promise<Stored<OidcConnection> | undefined> {
    const connection = await store.get(connections, id);
    if (connection?.state !== 'active' || !isOidc(connection)) return undefined;
    // Approved under another configuration: it could not authenticate, or its tokens would go out unbound.
    return isWithin(connection.oidc, tlsMethods) ? connection : undefined;
  }

  /**
   * oidc-provider keeps the keys it fetched for as long as they fit, so a key that the service has withdrawn would stay good:
   * another hour is another client, for which they are fetched anew.
   */
  const hourOf = ({ oidc }: OidcConnection): number | undefined =>
    oidc.jwksUri === undefined ? undefined : Math.floor(clock.now() / hours(1));

  return {
    finder(make) {
      const made = new Map<string, Made>();
      return async (id) => {
        const connection = typeof id === 'string' && id !== '' ? await read(id) : undefined;
        if (!connection) return undefined;
        const hour = hourOf(connection);
        const known = made.get(connection.id);
        if (known && known.hour === hour && isSameState(known.connection, connection)) {
          known.connection = connection;
          return known.client;
        }
        const client = make(metadataOf(connection, placeholder, claims));
        connectionsOf.set(client, connection);
        keepNewest(made, connection.id, { client, hour, connection });
        return client;
      };
    },
    connectionOf: (client) => client && connectionsOf.get(client),
  };
}

/** Not by their version alone: one that was removed and came anew begins again at the same. */
const isSameState = (one: Stored<OidcConnection>, other: Stored<OidcConnection>): boolean =>
  one === other || isDeepStrictEqual(one, other);

function keepNewest(made: Map<string, Made>, id: string, one: Made): void {
  const [oldest] = made.keys();
  if (made.size >= mostMade && oldest !== undefined) made.delete(oldest);
  made.set(id, one);
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
    // Copies, since oidc-provider writes on them.
    ...(oidc.keys ? { jwks: { keys: oidc.keys.map((key) => ({ ...key })) as never } } : {}),
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
