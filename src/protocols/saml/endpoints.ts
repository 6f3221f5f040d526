/** What of SAML is served here, as our metadata announces it. An endpoint that is not in this list does not exist for services. */
import { samlPaths } from './places.ts';

export interface ServedEndpoint {
  readonly kind: 'signOn' | 'artifact' | 'logout';
  readonly binding: 'redirect' | 'post' | 'soap';
  /** Under the issuer. */
  readonly path: string;
}

/** The preferred binding of each kind first (SAML2int SDP-IDP02). */
export const servedEndpoints: readonly ServedEndpoint[] = [
  { kind: 'signOn', binding: 'redirect', path: samlPaths.sso },
  { kind: 'signOn', binding: 'post', path: samlPaths.sso },
  { kind: 'artifact', binding: 'soap', path: samlPaths.artifact },
  { kind: 'logout', binding: 'redirect', path: samlPaths.slo },
  { kind: 'logout', binding: 'post', path: samlPaths.slo },
  { kind: 'logout', binding: 'soap', path: samlPaths.soap },
];
