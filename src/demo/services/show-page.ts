/** Answers with a page. Pages hold personal data, so no cache keeps them. */
import type Koa from 'koa';
import { type PageView, renderPage } from './render.ts';
import { languageOf } from './request-language.ts';
import type { SiteSetting } from './site-setting.ts';

export async function showPage(
  ctx: Koa.Context,
  setting: SiteSetting,
  page: Omit<PageView, 'language'>,
  status = 200,
): Promise<void> {
  const language = languageOf(ctx, setting);
  ctx.body = await renderPage(setting.site, { ...page, language });
  ctx.status = status;
  ctx.type = 'html';
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Content-Language', language);
  ctx.vary('Accept-Language');
}
