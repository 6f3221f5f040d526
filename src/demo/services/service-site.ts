/** What makes one demo service different from the other: its words, its pages and its folder of views. */
import type { Language, Text } from './language.ts';

/** Every service says these; its own catalogue adds what its views need. */
export interface SiteWords {
  readonly name: string;
  readonly tagline: string;
  readonly welcome: string;
  readonly lead: string;
  readonly offers: readonly string[];
  readonly loginHint: string;
  readonly desk: string;
}

export interface SitePage {
  readonly path: '/' | `/${string}`;
  readonly title: Text;
  /** Template in the service's folder. */
  readonly view: string;
  /** Made afresh for each page, in the reader's language. */
  readonly content: (language: Language) => object;
}

export interface ServiceSite {
  readonly id: 'kulasis' | 'mykuline';
  /** Holds the views, style.css and logo.svg. */
  readonly folder: URL;
  readonly scope: string;
  readonly words: Readonly<Record<Language, SiteWords>>;
  /** The first one is the home page at `/`. */
  readonly pages: readonly [SitePage, ...SitePage[]];
}
