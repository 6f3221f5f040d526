/** A service that speaks SAML 2.0. */
import type { ServiceSite } from '../service-site.ts';
import { type RunningService, type SitePlace, startSite } from '../start-site.ts';
import type { OwnKey } from './own-key.ts';
import { ownMetadata, type RequestedAttribute } from './own-metadata.ts';
import { SamlProvider } from './saml-provider.ts';
import { addSamlRoutes } from './saml-routes.ts';

export interface ServiceProviderOptions extends SitePlace {
  /** Where the provider publishes what it is. */
  readonly metadataUrl: string;
  readonly key: OwnKey;
}

export interface SamlSite extends ServiceSite {
  readonly requestedAttributes: readonly RequestedAttribute[];
}

export const startServiceProvider = (site: SamlSite, options: ServiceProviderOptions): Promise<RunningService> =>
  startSite(site, options, (origin) => {
    const { metadataUrl, key } = options;
    const { words, requestedAttributes } = site;
    const provider = new SamlProvider({ metadataUrl, origin, key });
    const metadata = ownMetadata({ origin, certificate: key.certificate, words, requestedAttributes });
    return {
      provider,
      providerOrigin: new URL(metadataUrl).origin,
      addRoutes: (router, setting) => addSamlRoutes(router, setting, { provider, metadata }),
    };
  });
