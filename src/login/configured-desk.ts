/** The desks of the configuration in the reader's language. */
import type { Locale } from '../base/locale.ts';
import type { Config } from '../config/schema.ts';
import type { ShownDesk } from './shown-connection.ts';

export function configuredDesk(config: Config, id: string, locale: Locale): ShownDesk {
  const desk = config.desks[id];
  if (!desk) throw new Error(`the configuration was checked, and yet there is no desk ${id}`);
  const { name, place, hours, url, ...rest } = desk;
  return {
    ...rest,
    name: name[locale],
    ...(place ? { place: place[locale] } : {}),
    ...(hours ? { hours: hours[locale] } : {}),
    ...(url ? { url: url[locale] } : {}),
  };
}

export const mainDesk = (config: Config, locale: Locale): ShownDesk => configuredDesk(config, config.mainDesk, locale);

/** Who helps with an account of this kind. */
export function deskOfKind(config: Config, kind: string | undefined, locale: Locale): ShownDesk {
  const desk = kind === undefined ? undefined : config.accounts.kinds[kind]?.desk;
  return desk === undefined ? mainDesk(config, locale) : configuredDesk(config, desk, locale);
}
