/**
 * Which language a page speaks: what the service asked for (`ui_locales`), else what the person chose here (cookie),
 * else what the browser says. Nothing said means Japanese; only other languages said means English, which a reader of
 * Korean or French is likelier to know.
 */
import { isLocale, type Locale } from '../base/locale.ts';

export interface LanguageWishes {
  /** Language tags, best first, separated by spaces (OIDC Core 3.1.2.1). */
  readonly uiLocales?: string | undefined;
  readonly cookie?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}

export function chooseLocale(wishes: LanguageWishes): Locale {
  const asked = firstOfOurs((wishes.uiLocales ?? '').split(' '));
  if (asked) return asked;
  if (isLocale(wishes.cookie)) return wishes.cookie;
  const accepted = rankedLanguages(wishes.acceptLanguage ?? '');
  const own = firstOfOurs(accepted);
  if (own) return own;
  return accepted.some((tag) => tag !== '*') ? 'en' : 'ja';
}

/** `en-GB` is English; anything longer than a header of sane length has been cut before it comes here. */
function firstOfOurs(tags: readonly string[]): Locale | undefined {
  return tags.map((tag) => tag.trim().toLowerCase().split('-')[0]).find(isLocale);
}

/** Tags of an Accept-Language header by falling weight (RFC 9110, 12.5.4); a weight of nought means "not this one". */
function rankedLanguages(header: string): string[] {
  return header
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => /^(\*|[a-z]{1,8}(-[a-z\d]{1,8})*)$/i.test(tag) && weight > 0)
    .sort((left, right) => right.weight - left.weight)
    .map(({ tag }) => tag);
}
