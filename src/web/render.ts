/**
 * Turns a view and its model into a page. Templates are compiled once, at start; everything they print is escaped, and
 * printing something undefined is an error, so that a forgotten field cannot become an empty place on a page.
 * A template sees `site`, `page`, `model`, `t` (words), `heading`, `format`, and `part(name, model)` for pieces.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs from 'ejs';
import type { Locale } from '../base/locale.ts';
import { formatCount, formatWait } from '../i18n/format.ts';
import { words } from '../i18n/words.ts';
import { headings } from './headings.ts';
import { drawQrCode } from './qr-code.ts';
import type { PageFrame, SiteFrame, ViewModels, ViewName } from './views.ts';

export interface Renderer {
  render<V extends ViewName>(view: V, locale: Locale, model: ViewModels[V] & PageFrame): string;
}

interface RendererOptions {
  readonly viewsDirectory: string;
  /** The installation's frame in each language. */
  readonly frame: Readonly<Record<Locale, SiteFrame>>;
}

type Template = (locals: object) => string;

const localNames = ['site', 'page', 'model', 'view', 'body', 'heading', 'locale', 't', 'format', 'part'];

export function createRenderer({ viewsDirectory, frame }: RendererOptions): Renderer {
  const templates = compileTemplates(viewsDirectory);
  const template = (name: string): Template => {
    const found = templates.get(name);
    if (!found) throw new Error(`there is no template ${name}`);
    return found;
  };
  return {
    render(view, locale, model) {
      const t = words(locale);
      const site = frame[locale];
      const heading = headings[view](t, model, site);
      const page = { path: model.path, signedInAs: model.signedInAs, languageLink: languageLink(model.path, locale) };
      const wait = (seconds: number): string => formatWait(seconds, locale);
      const format = { count: formatCount, wait, telephone, initial, qrCode: drawQrCode };
      const locals = { site, page, view, locale, t, heading, format };
      const part = (name: string, given: unknown): string =>
        template(`parts/${name}`)({ ...locals, model: given, part, body: '' });
      const body = template(view)({ ...locals, model, part, body: '' });
      return template('layout')({ ...locals, model, part, body });
    },
  };
}

/** `login/password` for views/login/password.ejs. */
export const templateNames = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ejs'))
    .map((file) => file.slice(0, -'.ejs'.length).replaceAll('\\', '/'))
    .sort();

function compileTemplates(directory: string): ReadonlyMap<string, Template> {
  return new Map(
    templateNames(directory).map((name) => {
      const filename = join(directory, `${name}.ejs`);
      const compiled = ejs.compile(readFileSync(filename, 'utf8'), {
        filename,
        strict: true,
        rmWhitespace: true,
        destructuredLocals: localNames,
        escape: (value?: unknown) => escapeText(value, name),
      });
      return [name, (locals) => compiled(locals)];
    }),
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Every `<%=` comes through here. Without it a service's name or a typed ID could run as a script on the login page. */
function escapeText(value: unknown, name: string): string {
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new TypeError(`views/${name}.ejs prints something that is no text: ${typeof value}`);
  }
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** This page in the other language, named in its own words. */
function languageLink(path: string, locale: Locale): { href: string; locale: Locale; name: string } {
  const other = locale === 'ja' ? 'en' : 'ja';
  // One slash only: `//elsewhere` would be an address on another host, the link a way off this site, and `//[` no
  // address at all. Requests may name something else than a path (RFC 9112, 3.2.2).
  const own = path.startsWith('/') ? path.replace(/^[/\\]+/, '') : '';
  const url = new URL(`http://page.invalid/${own}`);
  url.searchParams.set('lang', other);
  const href = url.pathname.replace(/^\/+/, '/') + url.search;
  return { href, locale: other, name: other === 'en' ? 'English' : '日本語' };
}

/** The part of a telephone line that can be dialled: 「075-753-0000 (内線 1234)」 gives 0757530000. */
const telephone = (line: string): string => (/[+\d][\d\s()-]*\d/.exec(line)?.[0] ?? line).replace(/[^+\d]/g, '');

const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Stands in for a logo. */
const initial = (name: string): string => graphemes.segment(name.trim())[Symbol.iterator]().next().value?.segment ?? '';
