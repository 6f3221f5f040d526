/** The language link: `?lang=en` on any page is remembered, and the page comes again without it. */
import type { Middleware } from 'koa';
import { isLocale } from '../../base/locale.ts';
import type { Visitors } from '../visitors.ts';

export function switchLanguage(visitors: Visitors): Middleware {
  return (ctx, next) => {
    // Asked before the query is taken apart: few requests have one.
    if (ctx.method !== 'GET' || !ctx.querystring.includes('lang=')) return next();
    const { lang } = ctx.query;
    if (!isLocale(lang)) return next();
    visitors.chooseLocale(ctx, lang);
    // The others stay letter by letter as they came: a service may have signed them so (SAML Bindings 3.4.4.1).
    const rest = ctx.querystring
      .split('&')
      .filter((pair) => !new URLSearchParams(pair).has('lang'))
      .join('&');
    ctx.status = 303;
    // One slash only: `//elsewhere` would lead to another host, and so would `/\elsewhere` in a browser.
    ctx.redirect(ctx.path.replace(/^[/\\]+/, '/') + (rest ? `?${rest}` : ''));
    ctx.status = 303;
    return undefined;
  };
}
