/** Into the service and out again: /login, /logout, /logged-out. Where the provider answers is its protocol's. */
import { randomBytes } from 'node:crypto';
import type Router from '@koa/router';
import type Koa from 'koa';
import { frameWords } from './frame-words.ts';
import { goTo } from './go-to.ts';
import { isOwnRequest } from './own-request.ts';
import { languageOf } from './request-language.ts';
import { showPage } from './show-page.ts';
import { cookieName, ownPage, type SiteSetting } from './site-setting.ts';
import { Trouble } from './trouble.ts';
import { Visitor } from './visitor.ts';

export function addSignInRoutes(router: Router, setting: SiteSetting): void {
  router.get('/login', (ctx) => login(ctx, setting));
  router.post('/logout', (ctx) => logout(ctx, setting));
  router.get('/logged-out', (ctx) => loggedOut(ctx, setting));
}

const visitorOf = (ctx: Koa.Context, setting: SiteSetting): Visitor =>
  new Visitor(ctx, setting.sessions, cookieName(setting, 'session'));

async function login(ctx: Koa.Context, setting: SiteSetting): Promise<void> {
  const returnTo = ownPage(setting, ctx.query.to);
  ctx.state.returnTo = returnTo;
  const visitor = visitorOf(ctx, setting);
  if (visitor.session?.signedIn) return goTo(ctx, returnTo);
  const begun = await setting.provider.begin(languageOf(ctx, setting), returnTo);
  visitor.await(begun.login);
  goTo(ctx, begun.url.href);
}

async function logout(ctx: Koa.Context, setting: SiteSetting): Promise<void> {
  if (!isOwnRequest(ctx, setting.origin)) throw new Trouble('foreign_request');
  const visitor = visitorOf(ctx, setting);
  const signedIn = visitor.session?.signedIn;
  if (!signedIn) return goTo(ctx, '/');
  const state = randomBytes(16).toString('base64url');
  const provider = await signedIn.leave(state);
  visitor.signOut({ state, outcome: provider === undefined ? 'untold' : 'asked' });
  goTo(ctx, provider?.href ?? `/logged-out?state=${state}`);
}

async function loggedOut(ctx: Koa.Context, setting: SiteSetting): Promise<void> {
  const farewell = visitorOf(ctx, setting).session?.farewell;
  // Only after a log-out of this browser: the page must not say so to somebody who is signed in, or came by a link.
  if (!farewell || ctx.query.state !== farewell.state) return goTo(ctx, '/');
  const language = languageOf(ctx, setting);
  const words = frameWords[language].loggedOut(setting.site.words[language].name);
  return showPage(ctx, setting, {
    path: `/logged-out?state=${farewell.state}`,
    title: words.title,
    template: 'logged-out',
    from: 'frame',
    content: { ...words, body: words.body[farewell.outcome] },
  });
}
