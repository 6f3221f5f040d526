/** How one service speaks with its identity provider. */
import type Router from '@koa/router';
import type { Provider } from './provider.ts';
import type { SiteSetting } from './site-setting.ts';

export interface Protocol {
  readonly provider: Provider;
  /** Of the provider: our log-out form leads there. */
  readonly providerOrigin: string;
  /** Where the provider answers, and says things by itself. */
  addRoutes(router: Router, setting: SiteSetting): void;
}
