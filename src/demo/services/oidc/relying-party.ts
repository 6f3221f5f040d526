/** A service that speaks OpenID Connect. */
import type { ServiceSite } from '../service-site.ts';
import { type RunningService, type SitePlace, startSite } from '../start-site.ts';
import { OidcProvider } from './oidc-provider.ts';
import { addOidcRoutes } from './oidc-routes.ts';

export interface RelyingPartyOptions extends SitePlace {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface OidcSite extends ServiceSite {
  readonly scope: string;
}

export const startRelyingParty = (site: OidcSite, options: RelyingPartyOptions): Promise<RunningService> =>
  startSite(site, options, (origin) => {
    const { issuer, clientId, clientSecret } = options;
    const provider = new OidcProvider({ issuer, clientId, clientSecret, scope: site.scope, origin });
    return {
      provider,
      providerOrigin: new URL(issuer).origin,
      addRoutes: (router, setting) => addOidcRoutes(router, setting, provider),
    };
  });
