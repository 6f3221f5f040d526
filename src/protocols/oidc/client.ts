/** A connection as oidc-provider's client metadata (OpenID Connect Dynamic Client Registration 1.0, section 2). */
import type { ClientMetadata } from 'oidc-provider';
import type { Ids } from '../../base/ids.ts';
import type { Connection } from '../../core/connections/connection.ts';
import { connections } from '../../core/connections/connection.ts';
import type { World } from '../../core/world.ts';
import { scopesOf } from './claims.ts';

/** Our own metadata, on oidc-provider's client for its synchronous hooks. */
export const pkceProperty = 'sekisho_pkce';
export const introspectProperty = 'sekisho_may_introspect';

export type FindClient = (id: string) => Promise<ClientMetadata | undefined>;

/**
 * A suspended connection is none, from the next request on, and its tokens with it.
 * oidc-provider derives keys from `client_secret`; it is handed a value that nobody knows, never the stored digest.
 */
export function findClientIn(world: World, ids: Ids): FindClient {
  const placeholder = ids.token();
  return async (id) => {
    const connection = await world.store.get(connections, id);
    return connection?.state === 'active' ? metadataOf(connection, placeholder) : undefined;
  };
}

export function metadataOf({ id, name, homeUrl, release, oidc }: Connection, placeholder: string): ClientMetadata {
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
    grant_types: oidc.mayRefresh ? ['authorization_code', 'refresh_token'] : ['authorization_code'],
    response_types: ['code'],
    redirect_uris: [...oidc.redirectUris],
    post_logout_redirect_uris: [...oidc.postLogoutRedirectUris],
    require_auth_time: true,
    subject_type: oidc.subject,
    id_token_signed_response_alg: oidc.idTokenAlgorithm,
    require_pushed_authorization_requests: oidc.requiresPushedRequest,
    [pkceProperty]: oidc.pkce,
    [introspectProperty]: oidc.mayIntrospect,
    scope: scopesOf(release, oidc.mayRefresh).join(' '),
  };
}
