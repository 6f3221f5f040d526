/**
 * The name under which pseudonyms of a service by SAML are made. No host has a space in it, so no sector of OpenID Connect
 * (OIDC Core 8.1) is ever called so: two services are never told the same of one person.
 */
export const samlPlace = (entityId: string): string => `saml ${entityId}`;
