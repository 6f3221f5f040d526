/** The language of one request, and the switch: `?lang=en` on any page keeps the choice in a cookie and goes on. */
import type Koa from 'koa';
import { chooseLanguage, isLanguage, type Language } from './language.ts';
import { cookieName, ownPage, type SiteSetting } from './site-setting.ts';

const yearInMs = 365 * 24 * 60 * 60_000;

export function languageOf(ctx: Koa.Context, setting: SiteSetting): Language {
  const chosen = ctx.cookies.get(cookieName(setting, 'language'));
  return chooseLanguage(chosen, ctx.acceptsLanguages('ja', 'en'), ctx.get('Accept-Language') !== '');
}

export function switchLanguage(setting: SiteSetting): Koa.Middleware {
  return async (ctx, next) => {
    const wanted = ctx.query.lang;
    if (ctx.method !== 'GET' || !isLanguage(wanted)) return next();
    ctx.cookies.set(cookieName(setting, 'language'), wanted, { httpOnly: true, sameSite: 'lax', maxAge: yearInMs });
    ctx.status = 303;
    ctx.redirect(wayOn(ctx, setting));
  };
}

function wayOn(ctx: Koa.Context, setting: SiteSetting): string {
  const state = ctx.query.state;
  const isAfterLogout = ctx.path === '/logged-out' && typeof state === 'string';
  return isAfterLogout ? `/logged-out?state=${encodeURIComponent(state)}` : ownPage(setting, ctx.path);
}
