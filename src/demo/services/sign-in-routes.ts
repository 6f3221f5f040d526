/** Into the service and out again: /login, /callback, /logout, /logged-out. */
import { randomBytes } from 'node:crypto';
import type Router from '@koa/router';
import type Koa from 'koa';
import { frameWords } from './frame-words.ts';
import { isOwnRequest } from './own-request.ts';
import { languageOf } from './request-language.ts';
import { showPage } from './show-page.ts';
import { cookieName, ownPage, type SiteSetting } from './site-setting.ts';
import { Trouble } from './trouble.ts';
import { Visitor } from './visitor.ts';

export function addSignInRoutes(router: Router, setting: SiteSetting): void {
  router.get('/login', (ctx) => login(ctx, setting));
  router.get('/callback', (ctx) => callback(ctx, setting));
  router.post('/logout', (ctx) => logout(ctx, setting));
  router.get('/logged-out', (ctx) => loggedOut(ctx, setting));
}

const visitorOf = (ctx: Koa.Context, setting: SiteSetting): Visitor =>
  new Visitor(ctx, setting.sessions, cookieName(setting, 'session'));

function goTo(ctx: Koa.Context, url: string): void {
  // 303, so that a post is never repeated at the place it leads to.
  ctx.status = 303;
  ctx.set('Cache-Control', 'no-store');
  ctx.redirect(url);
}

async function login(ctx: Koa.Context, setting: SiteSetting): Promise<void> {
  const returnTo = ownPage(setting, ctx.query.to);
  ctx.state.returnTo = returnTo;
  const visitor = visitorOf(ctx, setting);
  if (visitor.session?.signedIn) return goTo(ctx, returnTo);
  const begun = await setting.provider.begin(languageOf(ctx, setting), returnTo);
  visitor.await(begun.login);
  goTo(ctx, begun.url.href);
}

async function callback(ctx: Koa.Context, setting: SiteSetting): Promise<void> {
  const visitor = visitorOf(ctx, setting);
  const { state } = ctx.query;
  const login = typeof state === 'string' ? visitor.take(state) : undefined;
  if (!login) {
    // A second tab, or the back button: nothing to do, the person is in.
    if (visitor.session?.signedIn) return goTo(ctx, '/');
    // Otherwise this browser did not begin that login: an attacker's answer would sign the visitor in as the attacker.
    throw new Trouble('expired');
  }
  ctx.state.returnTo = login.returnTo;
  visitor.signIn(await setting.provider.complete(new URL(ctx.url, setting.origin), login));
  goTo(ctx, login.returnTo);
}

async function logout(ctx: Koa.Context, setting: SiteSetting): Promise<void> {
  if (!isOwnRequest(ctx, setting.origin)) throw new Trouble('foreign_request');
  const visitor = visitorOf(ctx, setting);
  const signedIn = visitor.session?.signedIn;
  if (!signedIn) return goTo(ctx, '/');
  const state = randomBytes(16).toString('base64url');
  const provider = await setting.provider.endSessionUrl(signedIn.idToken, state);
  visitor.signOut({ state, providerAsked: provider !== undefined });
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
    content: { ...words, body: farewell.providerAsked ? words.body : words.untold },
  });
}
