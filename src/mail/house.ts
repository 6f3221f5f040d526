/** Whose mails these are: what every letter says of the installation, made once of the configuration. */
import type { Locale } from '../base/locale.ts';
import type { Config } from '../config/schema.ts';
import { formatDateTime } from '../i18n/format.ts';
import type { LetterFrame } from './letter.ts';

export interface MailHouse {
  readonly issuer: string;
  readonly frame: LetterFrame;
  readonly universityName: string;
  readonly systemName: string;
  /** In front of every subject, so that a list of mails shows at a glance whose they are. */
  readonly subjectMark: string;
  /** Name of the desk, then what is known of it: place, hours, telephone. */
  readonly desk: { readonly name: string; readonly lines: readonly string[] };
}

export function mailHouse(config: Config, locale: Locale): MailHouse {
  const { university, desks, mainDesk, accounts, server } = config;
  const desk = desks[mainDesk];
  const name = desk?.name[locale] ?? university.systemName[locale];
  const universityName = university.name[locale];
  const systemName = university.systemName[locale];
  return {
    issuer: server.issuer,
    universityName,
    systemName,
    subjectMark: locale === 'ja' ? `【${universityName}${systemName}】` : `[${universityName}] `,
    frame: {
      kindLabel: (kind) => accounts.kinds[kind]?.label[locale] ?? '',
      deskName: name,
      dateTime: (instant) => formatDateTime(instant, locale, university.timeZone),
    },
    desk: {
      name,
      lines: [desk?.place?.[locale], desk?.hours?.[locale], desk?.phone].filter((line) => line !== undefined),
    },
  };
}
