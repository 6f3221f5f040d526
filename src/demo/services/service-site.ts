/** What makes one demo service different from another: its words, its pages and its folder of views. */
import type { Language, Text } from './language.ts';
import type { Claims } from './sessions.ts';

/** Every service says these; its own catalogue adds what its views need. */
export interface SiteWords {
  readonly name: string;
  readonly tagline: string;
  readonly welcome: string;
  readonly lead: string;
  readonly offers: readonly string[];
  readonly loginHint: string;
  readonly desk: string;
  /** Where the sentence that all services say of their content would not be true. */
  readonly demo?: string;
}

/** Whoever looks at a page, and at what. */
export interface PageVisit {
  readonly language: Language;
  /** Of the person, by the names that OpenID Connect has for it. */
  readonly claims: Claims;
  /** What the address names, by the words of its path. */
  readonly params: Readonly<Record<string, string>>;
}

export interface PageContent {
  /** In place of the page's own, where each one has another. */
  readonly title?: string;
}

export interface SitePage {
  /** `:id` stands for letters, digits and hyphens. */
  readonly path: '/' | `/${string}`;
  readonly title: Text;
  /** Template in the service's folder. */
  readonly view: string;
  /** Not in the menu itself: it belongs to the page of this path there. */
  readonly under?: string;
  /** Made afresh for each visit; undefined where there is nothing under that address. */
  readonly content: (visit: PageVisit) => PageContent | undefined;
}

export interface ServiceSite {
  readonly id: 'kulasis' | 'kumoi' | 'mykuline';
  /** Holds the views, style.css and logo.svg. */
  readonly folder: URL;
  readonly words: Readonly<Record<Language, SiteWords>>;
  /** The first one is the home page at `/`. */
  readonly pages: readonly [SitePage, ...SitePage[]];
}
