/** How a connected service is shown to a person in their language, on every page of the login and the portal. */
import type { Locale } from '../base/locale.ts';
import type { Connection, ConnectionDesk } from '../core/connections/connection.ts';

export interface ShownDesk {
  readonly name: string;
  readonly place?: string;
  readonly hours?: string;
  readonly phone?: string;
  readonly mail?: string;
  readonly url?: string;
  readonly mapUrl?: string;
}

export interface ShownService {
  readonly name: string;
  readonly description?: string;
  readonly domain: string;
  readonly logo?: string;
  readonly desk: ShownDesk;
}

export function deskOf({ name, place, hours, ...rest }: ConnectionDesk, locale: Locale): ShownDesk {
  return {
    ...rest,
    name: name[locale],
    ...(place ? { place: place[locale] } : {}),
    ...(hours ? { hours: hours[locale] } : {}),
  };
}

/** The domain is that of the service's own page, in small type, so that a strange request is noticed. */
export function serviceOf(connection: Connection, locale: Locale): ShownService {
  return {
    name: connection.name[locale],
    domain: new URL(connection.homeUrl).host,
    desk: deskOf(connection.desk, locale),
    ...(connection.description ? { description: connection.description[locale] } : {}),
    ...(connection.logo ? { logo: connection.logo } : {}),
  };
}
