/** Hands requests to the protocol that serves their path. Our body parser never touches them. */
import type { Middleware } from 'koa';
import { readText } from '../page.ts';
import type { Protocol } from '../protocol.ts';

const longestPost = 64 * 1024;

export function protocolRoutes(protocols: readonly Protocol[]): Middleware {
  return async (ctx, next) => {
    const protocol = protocols.find(({ serves }) => serves(ctx.path));
    if (!protocol) return next();
    if (ctx.method === 'POST' && protocol.takesPost(ctx.path)) {
      const handle = await protocol.keepPosted(await readText(ctx, longestPost));
      ctx.redirect(`${ctx.path}?posted=${handle}`);
      ctx.status = 303;
      return;
    }
    ctx.respond = false;
    try {
      await protocol.answer(ctx.req, ctx.res);
    } catch (error) {
      // It failed before it answered: the answer is ours to give, or the browser would wait for good.
      if (!ctx.res.headersSent) ctx.respond = true;
      throw error;
    }
  };
}
