/** The words of the pages in a language: `words('en').login.password`. A key that one language lacks does not compile. */
import type { Locale } from '../base/locale.ts';
import { catalogue as en } from './messages/en/catalogue.ts';
import { type Catalogue, catalogue as ja } from './messages/ja/catalogue.ts';

const catalogues: Readonly<Record<Locale, Catalogue>> = { ja, en };

export const words = (locale: Locale): Catalogue => catalogues[locale];
