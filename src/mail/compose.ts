/**
 * Turns a mail into subject, text and HTML: the reader's language first, the other one below. Templates are compiled once;
 * what they print is escaped in HTML, and stripped of line breaks and control characters in both.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ejs from 'ejs';
import { type Locale, locales } from '../base/locale.ts';
import type { Config } from '../config/schema.ts';
import type { MailContent } from '../core/notices/content.ts';
import { type MailHouse, mailHouse } from './house.ts';
import { letterOf } from './letters/letters.ts';

export interface ComposedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export type Composer = (content: MailContent) => ComposedMail;

export function mailComposer(config: Config): Composer {
  const houses: Readonly<Record<Locale, MailHouse>> = { ja: mailHouse(config, 'ja'), en: mailHouse(config, 'en') };
  const text = template('letter.text.ejs', plain);
  const html = template('letter.html.ejs', (value) => escapeHtml(plain(value)));
  return ({ mail, locale }) => {
    const inOrder = [locale, ...locales.filter((other) => other !== locale)];
    const parts = inOrder.map((language) => {
      const house = houses[language];
      return {
        locale: language,
        house,
        letter: letterOf(mail, language, house.frame),
        addressee: addresseeOf(mail, language),
      };
    });
    const subject = plain(`${houses[locale].subjectMark}${parts[0]?.letter.subject}`);
    const locals = { subject, locale, parts };
    return { subject, text: `${text(locals).trim()}\n`, html: html(locals) };
  };
}

/** Empty in a mail that names nobody. */
const addresseeOf = (mail: MailContent['mail'], locale: Locale): string => ('name' in mail ? mail.name[locale] : '');

function template(name: string, shown: (value?: unknown) => string): (locals: object) => string {
  const filename = fileURLToPath(new URL(`./views/${name}`, import.meta.url));
  const compiled = ejs.compile(readFileSync(filename, 'utf8'), {
    filename,
    strict: true,
    destructuredLocals: ['subject', 'locale', 'parts'],
    escape: shown,
  });
  return (locals) => compiled(locals);
}

/**
 * One line of text. A name or a browser's word for itself that holds line breaks could add lines that look like ours;
 * direction marks could turn an address around.
 */
function plain(value?: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`a letter prints something that is no text: ${typeof value}`);
  return value
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Bidi_Control}/gu, '')
    .trim();
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
