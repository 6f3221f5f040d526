/** Views into pages: a body inside the one layout. Everything a view prints is escaped by ejs. */
import { fileURLToPath } from 'node:url';
import ejs from 'ejs';
import { type FrameWords, frameWords } from './frame-words.ts';
import { type Language, otherLanguage } from './language.ts';
import type { Person } from './person.ts';
import type { Received } from './received.ts';
import type { ServiceSite } from './service-site.ts';

export interface PageView {
  readonly language: Language;
  /** The page's address without its language switch. */
  readonly path: string;
  /** The path of the page that the menu marks. */
  readonly menu?: string;
  readonly title: string;
  readonly template: string;
  readonly from: 'frame' | 'site';
  readonly person?: Person;
  readonly received?: readonly Received[];
  readonly content?: object;
}

const frameFolder = new URL('./views/', import.meta.url);
const options = { cache: true, root: fileURLToPath(frameFolder) };

export async function renderPage(site: ServiceSite, page: PageView): Promise<string> {
  const frame: FrameWords = frameWords[page.language];
  const base = {
    person: undefined,
    menu: undefined,
    received: undefined,
    content: {},
    ...page,
    site,
    frame,
    words: site.words[page.language],
    otherLanguage: otherLanguage(page.language),
  };
  const folder = page.from === 'frame' ? frameFolder : site.folder;
  const body = await renderFile(new URL(`${page.template}.ejs`, folder), base);
  return renderFile(new URL('layout.ejs', frameFolder), { ...base, body });
}

const renderFile = (file: URL, view: object): Promise<string> => ejs.renderFile(fileURLToPath(file), view, options);
