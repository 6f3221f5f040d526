/** Where oidc-provider answers, and which of these places services also reach at the origin that asks for certificates. */

export const routes = {
  authorization: '/oidc/auth',
  end_session: '/oidc/logout',
  introspection: '/oidc/introspect',
  jwks: '/oidc/jwks',
  pushed_authorization_request: '/oidc/request',
  revocation: '/oidc/revoke',
  token: '/oidc/token',
  userinfo: '/oidc/userinfo',
} as const;

/**
 * RFC 8705, 5: the places where a service authenticates or shows a token, by their names in discovery. Where people come
 * with their browsers is not among them: nobody shall be asked for a certificate in the middle of a login.
 */
export const aliased = {
  token_endpoint: routes.token,
  introspection_endpoint: routes.introspection,
  revocation_endpoint: routes.revocation,
  pushed_authorization_request_endpoint: routes.pushed_authorization_request,
  userinfo_endpoint: routes.userinfo,
} as const;

const aliasedPlaces: ReadonlySet<string> = new Set(Object.values(aliased));

export const isAliased = (path: string): boolean => aliasedPlaces.has(path);
