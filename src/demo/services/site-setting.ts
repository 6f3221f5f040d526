/** What every route of one running service holds: made once at the start, handed on explicitly. */
import type { Provider } from './provider.ts';
import type { ServiceSite, SitePage } from './service-site.ts';
import type { Sessions } from './sessions.ts';

export interface SiteSetting {
  readonly site: ServiceSite;
  /** The public origin: what browsers call us, and the base of the addresses that the provider knows. */
  readonly origin: string;
  readonly provider: Provider;
  readonly sessions: Sessions;
  readonly report: (line: string) => void;
}

/** `__Host-` on https: then no neighbour under the same domain can plant the cookie. */
export const cookieName = ({ site, origin }: SiteSetting, purpose: 'session' | 'language'): string =>
  `${origin.startsWith('https:') ? '__Host-' : ''}${site.id}_${purpose}`;

/** The page a visitor asked to come back to. Only our own pages, or a link could send people elsewhere after login. */
export const ownPage = ({ site }: SiteSetting, path: unknown): string =>
  typeof path === 'string' && site.pages.some((page) => patternOf(page).test(path)) ? path : '/';

const patternOf = ({ path }: SitePage): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[\\w-]+')}$`);
