/** The language link: `?lang=en` on any page is remembered, and the page comes again without it. */
import type { Middleware } from 'koa';
import { isLocale } from '../../base/locale.ts';
import type { Visitors } from '../visitors.ts';

export function switchLanguage(visitors: Visitors): Middleware {
  return (ctx, next) => {
    // Asked before the query is taken apart: few requests have one.
    if (ctx.method !== 'GET' || !ctx.querystring.includes('lang=')) return next();
    const { lang, ...query } = ctx.query;
    if (!isLocale(lang)) return next();
    visitors.chooseLocale(ctx, lang);
    const rest = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString();
    ctx.status = 303;
    // One slash only: `//elsewhere` would lead to another host, and so would `/\elsewhere` in a browser.
    ctx.redirect(ctx.path.replace(/^[/\\]+/, '/') + (rest ? `?${rest}` : ''));
    ctx.status = 303;
    return undefined;
  };
}
