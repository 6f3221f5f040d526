/** Outermost: whatever goes wrong becomes a page with words and a way on, and one line in the log. */
import type Koa from 'koa';
import { frameWords } from './frame-words.ts';
import { languageOf } from './request-language.ts';
import { showPage } from './show-page.ts';
import type { SiteSetting } from './site-setting.ts';
import { Trouble, type TroubleKind, troubleStatus } from './trouble.ts';

/** Where trying again means logging in again; elsewhere the way on is the start page. */
const retriedByLogin: readonly TroubleKind[] = ['cancelled', 'expired', 'failed', 'unavailable'];
const worthALine: readonly TroubleKind[] = ['failed', 'fault', 'unavailable'];

export function showTrouble(setting: SiteSetting): Koa.Middleware {
  return async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && !ctx.body) throw new Trouble('not_found');
    } catch (error) {
      const trouble = error instanceof Trouble ? error : new Trouble('fault', error);
      if (worthALine.includes(trouble.kind)) report(setting, trouble);
      const { name } = setting.site.words[languageOf(ctx, setting)];
      const words = frameWords[languageOf(ctx, setting)].trouble(name)[trouble.kind];
      const to = retriedByLogin.includes(trouble.kind) ? loginPath(ctx.state.returnTo) : '/';
      const content = { ...words, to, reference: trouble.reference };
      const view = { path: '/', title: words.title, template: 'trouble', from: 'frame', content } as const;
      await showPage(ctx, setting, view, troubleStatus[trouble.kind]);
    }
  };
}

export const loginPath = (returnTo: unknown): string =>
  typeof returnTo === 'string' && returnTo !== '/' ? `/login?to=${encodeURIComponent(returnTo)}` : '/login';

/** Messages only: the objects behind them carry addresses with codes and tokens in them. */
function report(setting: SiteSetting, trouble: Trouble): void {
  const causes: string[] = [];
  for (let cause = trouble.cause; cause instanceof Error && causes.length < 4; cause = cause.cause) {
    causes.push(cause.message);
  }
  setting.report(`${setting.site.id}: ${[trouble.kind, ...causes].join(': ')}`);
}
