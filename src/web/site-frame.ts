/** What is the same on every page of an installation, from configuration, in each language. */
import type { Locale } from '../base/locale.ts';
import type { Config } from '../config/schema.ts';
import type { Assets } from './assets.ts';
import type { DeskModel, SiteFrame } from './views.ts';

/** A desk of the configuration in the reader's language. */
export function configuredDesk(config: Config, id: string, locale: Locale): DeskModel {
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

export const mainDesk = (config: Config, locale: Locale): DeskModel => configuredDesk(config, config.mainDesk, locale);

export function siteFrame(config: Config, assets: Assets, locale: Locale): SiteFrame {
  const { university } = config;
  return {
    university: {
      name: university.name[locale],
      shortName: university.shortName[locale],
      systemName: university.systemName[locale],
      ...(university.logo === undefined ? {} : { logo: university.logo }),
    },
    desk: mainDesk(config, locale),
    helpHref: '/help',
    stylesheets: assets.stylesheets,
    scripts: assets.scripts,
    icon: assets.icon,
    ...(university.rulesUrl === undefined ? {} : { rulesUrl: university.rulesUrl }),
  };
}
