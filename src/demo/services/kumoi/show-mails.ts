/** Folders and mails in words. Somebody whose address did not come has an empty mailbox, and is told why. */
import { formatDay, formatMoment, formatTime } from '../format-date.ts';
import type { Language } from '../language.ts';
import type { PageContent, PageVisit } from '../service-site.ts';
import type { Mail } from './mail.ts';

export type Folder = 'inbox' | 'sent' | 'junk';

/** What lies in each folder of the person with that address. */
export type Boxes = Readonly<Record<Folder, (address: string) => readonly Mail[]>>;

const paths: Readonly<Record<Folder, string>> = { inbox: '/mails', sent: '/sent', junk: '/junk' };
const previewLength = 120;

const addressOf = ({ claims }: PageVisit): string => (typeof claims.email === 'string' ? claims.email : '');

export function showFolder(boxes: Boxes, folder: Folder, visit: PageVisit): PageContent {
  const { language } = visit;
  const address = addressOf(visit);
  const mails = boxes[folder](address).toSorted((a, b) => b.sentAt.getTime() - a.sentAt.getTime());
  const content = {
    address,
    folder,
    mails: mails.map((mail) => ({
      href: `${paths[folder]}/${mail.id}`,
      who: (mail.to ?? mail.from)[language],
      subject: mail.subject[language],
      preview: textOf(mail, language).replace(/\s+/g, ' ').trim().slice(0, previewLength),
      when: shortly(mail.sentAt, language),
      isReal: mail.isReal,
    })),
  };
  // It has no title of its own, which the compiler would take for a mistake.
  return content as PageContent;
}

export function openMail(boxes: Boxes, folder: Folder, visit: PageVisit): PageContent | undefined {
  const { language, params } = visit;
  const address = addressOf(visit);
  const mail = boxes[folder](address).find(({ id }) => id === params.id);
  if (!mail) return undefined;
  const content = {
    title: mail.subject[language],
    folder,
    from: mail.from[language],
    fromAddress: folder === 'sent' ? address : mail.address,
    to: mail.to?.[language] ?? address,
    when: formatMoment(mail.sentAt, language),
    pieces: mail.body[language],
    isReal: mail.isReal,
  };
  return content;
}

const textOf = (mail: Mail, language: Language): string => mail.body[language].map(({ text }) => text).join('');

/** Of today the hour, of other days the day. */
const shortly = (when: Date, language: Language, now = new Date()): string =>
  formatDay(when, language) === formatDay(now, language) ? formatTime(when) : formatDay(when, language);
