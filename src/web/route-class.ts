/** Which kind of request a path is, for counting: a closed list, so that nobody can make up new ones. */

const classes = [
  ['authorization', /^\/oidc\/auth(?:\/|$)/],
  ['token', /^\/oidc\/token$/],
  ['userinfo', /^\/oidc\/userinfo$/],
  ['oidc', /^\/(?:oidc\/|\.well-known\/)/],
  ['saml', /^\/saml\//],
  ['login', /^\/(?:login|certificate)(?:\/|$)/],
  ['logout', /^\/logout(?:\/|$)/],
  ['account', /^\/(?:account|activate|not-me)(?:\/|$)/],
  ['assets', /^\/assets\//],
  ['operations', /^\/(?:livez|readyz|metrics)$/],
  ['portal', /^\/(?:help)?$/],
] as const;

export type RouteClass = (typeof classes)[number][0] | 'other';

/** As in the router, letter case does not count. */
export const routeClassOf = (path: string): RouteClass =>
  classes.find(([, pattern]) => pattern.test(path.toLowerCase()))?.[0] ?? 'other';
