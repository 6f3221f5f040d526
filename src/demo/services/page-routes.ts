/** What a visitor sees: the start page signed out, the service's pages signed in, and the style sheet and logo. */
import { readFileSync } from 'node:fs';
import type Router from '@koa/router';
import type Koa from 'koa';
import { frameWords } from './frame-words.ts';
import { describePerson } from './person.ts';
import { describeReceived } from './received.ts';
import { languageOf } from './request-language.ts';
import type { SitePage } from './service-site.ts';
import type { SignedIn } from './sessions.ts';
import { showPage } from './show-page.ts';
import { loginPath } from './show-trouble.ts';
import { cookieName, ownPage, type SiteSetting } from './site-setting.ts';
import { Trouble } from './trouble.ts';
import { Visitor } from './visitor.ts';

type Visit = Koa.Context & { readonly params: Readonly<Record<string, string>> };

export function addPageRoutes(router: Router, setting: SiteSetting): void {
  for (const page of setting.site.pages) {
    router.get(page.path, async (ctx) => {
      const { session } = new Visitor(ctx, setting.sessions, cookieName(setting, 'session'));
      if (session?.signedIn) return showSitePage(ctx, setting, page, session.signedIn);
      if (session?.isEndedElsewhere) return showEndedElsewhere(ctx, setting);
      if (page.path === '/') return showStart(ctx, setting);
      // A link into the service (from a mail, a bookmark) goes through login and comes back to the page it names.
      ctx.status = 303;
      ctx.redirect(loginPath(ownPage(setting, ctx.path)));
    });
  }
  addAssets(router, setting.site.folder);
}

function showSitePage(ctx: Visit, setting: SiteSetting, page: SitePage, signedIn: SignedIn): Promise<void> {
  const language = languageOf(ctx, setting);
  const { claims, received } = signedIn;
  const content = page.content({ language, claims, params: ctx.params });
  if (!content) throw new Trouble('not_found');
  return showPage(ctx, setting, {
    path: ownPage(setting, ctx.path),
    menu: page.under ?? page.path,
    title: content.title ?? page.title[language],
    template: page.view,
    from: 'site',
    person: describePerson(claims, language),
    received: describeReceived(received, language),
    content,
  });
}

function showStart(ctx: Koa.Context, setting: SiteSetting): Promise<void> {
  const { tagline } = setting.site.words[languageOf(ctx, setting)];
  return showPage(ctx, setting, { path: '/', title: tagline, template: 'start', from: 'frame' });
}

/** Not straight on to the login: whoever was just here wonders why they are asked who they are. */
function showEndedElsewhere(ctx: Koa.Context, setting: SiteSetting): Promise<void> {
  const path = ownPage(setting, ctx.path);
  const language = languageOf(ctx, setting);
  const words = frameWords[language].endedElsewhere(setting.site.words[language].name);
  const content = { ...words, to: loginPath(path) };
  return showPage(ctx, setting, { path, title: words.title, template: 'ended-elsewhere', from: 'frame', content });
}

function addAssets(router: Router, folder: URL): void {
  const style = ['./views/frame.css', './views/page.css', new URL('style.css', folder)].map((file) =>
    readFileSync(new URL(file, import.meta.url), 'utf8'),
  );
  const assets = { '/style.css': style.join('\n'), '/logo.svg': readFileSync(new URL('logo.svg', folder), 'utf8') };
  for (const [path, text] of Object.entries(assets)) {
    router.get(path, (ctx) => {
      ctx.body = text;
      ctx.type = path.slice(path.lastIndexOf('.'));
      ctx.set('Cache-Control', 'public, max-age=300');
    });
  }
}
