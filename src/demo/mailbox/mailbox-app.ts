/** The mailbox's pages: the list, one mail, its HTML for the frame. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Router from '@koa/router';
import ejs from 'ejs';
import Koa from 'koa';
import { isLocale, type Locale } from '../../base/locale.ts';
import { isLoopbackHost } from '../../base/loopback-host.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { mailboxWords } from './mailbox-words.ts';
import type { ReceivedMail } from './received-mail.ts';
import type { Shelf } from './shelf.ts';
import { textPieces } from './text-pieces.ts';

const ownPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** A mail may style itself, and that is all: no script, nothing remote, no form. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'";

const view = (name: string): string => fileURLToPath(new URL(`./views/${name}`, import.meta.url));
const assets = { '/mailbox.css': 'css', '/mailbox.js': 'js' } as const;

export function createMailboxApp(shelf: Shelf, timeZone: string): Koa {
  const router = new Router();
  const show = async (ctx: Koa.Context, mail: ReceivedMail | undefined, status = 200): Promise<void> => {
    const locale = languageOf(ctx);
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = await ejs.renderFile(view('mailbox.ejs'), {
      locale,
      other: locale === 'ja' ? 'en' : 'ja',
      words: mailboxWords[locale],
      mails: shelf.all(),
      open: mail,
      isList: mail === undefined && status !== 404,
      isText: mail !== undefined && (ctx.query.form === 'text' || mail.html === ''),
      pieces: mail === undefined ? [] : textPieces(mail.text),
      path: ctx.path,
      when: (mail: ReceivedMail) => formatDateTime(mail.receivedAt, locale, timeZone),
    });
  };
  router.get('/', (ctx) => show(ctx, undefined));
  router.get('/mails/:id', (ctx) => {
    const mail = shelf.byId(ctx.params.id ?? '');
    return show(ctx, mail, mail === undefined ? 404 : 200);
  });
  router.get('/mails/:id/html', (ctx) => {
    const mail = shelf.byId(ctx.params.id ?? '');
    if (mail === undefined) return;
    ctx.set('Content-Security-Policy', mailPolicy);
    ctx.type = 'html';
    // Links would otherwise open inside the frame.
    ctx.body = mail.html.replace(/<head[^>]*>/i, (head) => `${head}<base target="_blank">`);
  });
  router.get('/newest', (ctx) => {
    ctx.body = { newest: shelf.all()[0]?.id ?? 0 };
  });
  for (const [path, type] of Object.entries(assets)) {
    const text = readFileSync(view(path), 'utf8');
    router.get(path, (ctx) => {
      ctx.type = type;
      ctx.body = text;
    });
  }
  const app = new Koa();
  app.use(headers).use(keepToLoopback).use(switchLanguage).use(router.routes());
  return app;
}

const headers: Koa.Middleware = (ctx, next) => {
  ctx.set({
    'Content-Security-Policy': ownPolicy,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  return next();
};

/** Whatever name leads here, only ours is answered: a foreign one would make these pages that site's own. */
const keepToLoopback: Koa.Middleware = (ctx, next) => {
  if (isLoopbackHost(ctx.hostname)) return next();
  ctx.status = 421;
};

const languageCookie = 'mailbox_language';

function languageOf(ctx: Koa.Context): Locale {
  const chosen = ctx.cookies.get(languageCookie);
  if (isLocale(chosen)) return chosen;
  return ctx.acceptsLanguages('ja', 'en') === 'en' ? 'en' : 'ja';
}

const switchLanguage: Koa.Middleware = (ctx, next) => {
  const { lang } = ctx.query;
  if (!isLocale(lang)) return next();
  ctx.cookies.set(languageCookie, lang, { httpOnly: true, sameSite: 'lax' });
  ctx.status = 303;
  ctx.redirect(/^\/mails\/\d+$/.test(ctx.path) ? ctx.path : '/');
};
