/** Addresses of pages that people are sent to, and origins under which this installation answers. */
import { z } from 'zod';
import { notAsDescribed } from './not-as-described.ts';

/** Only http and https: a `javascript:` address in a configuration would become a link on every page. */
const isWebUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '';
};

export const webUrl = () => z.string().refine(isWebUrl, notAsDescribed).meta({ words: 'a web address (https://…)' });

/** One address, or one for each language; always read as one for each. */
export const localizedWebUrl = () =>
  z
    .union([webUrl().transform((url) => ({ ja: url, en: url })), z.strictObject({ ja: webUrl(), en: webUrl() })])
    .meta({ words: 'a web address (https://…), or one each under ja and en' });

/**
 * Scheme, host and port and nothing else, exactly as browsers and relying parties write it: the issuer is compared
 * character by character (OpenID Connect Discovery 4.3), so no spelling is tidied up silently.
 */
export const origin = () =>
  z
    .string()
    .superRefine((text, context) => {
      const url = isWebUrl(text) ? URL.parse(text) : null;
      if (url?.origin === text) return;
      context.addIssue(
        url === null ? notAsDescribed : `expected an origin without path or trailing slash; write ${url.origin}`,
      );
    })
    .meta({ words: 'an origin such as https://login.example.ac.jp, without path or trailing slash' });
