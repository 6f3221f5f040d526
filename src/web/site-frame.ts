/** What is the same on every page of an installation, from configuration, in each language. */
import type { Locale } from '../base/locale.ts';
import type { Config } from '../config/schema.ts';
import { mainDesk } from '../login/configured-desk.ts';
import type { Assets } from './assets.ts';
import type { SiteFrame } from './views.ts';

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
    newPasswordScript: assets.newPasswordScript,
    passkeyScript: assets.passkeyScript,
    logoutScript: assets.logoutScript,
    icon: assets.icon,
    ...(university.rulesUrl === undefined ? {} : { rulesUrl: university.rulesUrl }),
  };
}
