/** Hands requests to the protocol that serves their path. Our body parser never touches them. */
import type { Middleware } from 'koa';
import { keepAskedAddress } from '../asked-address.ts';
import { readText } from '../page.ts';
import type { Protocol } from '../protocol.ts';
import type { Visitors } from '../visitors.ts';

const longestPost = 64 * 1024;

export function protocolRoutes(protocols: readonly Protocol[], visitors: Visitors): Middleware {
  return async (ctx, next) => {
    const protocol = protocols.find(({ serves }) => serves(ctx.path));
    if (!protocol) return next();
    if (ctx.method === 'POST' && protocol.takesPost(ctx.path)) {
      const handle = await protocol.keepPosted(await readText(ctx, longestPost), visitors.origin(ctx));
      ctx.redirect(`${ctx.path}?posted=${handle}`);
      ctx.status = 303;
      return;
    }
    // As its router reads it, which forgives a fragment or a blank: by an address that was compared letter by letter somebody
    // would reach it past what is counted.
    ctx.req.url = `${ctx.path}${ctx.search}`;
    keepAskedAddress(ctx.req);
    ctx.respond = false;
    try {
      await protocol.answer(ctx.req, ctx.res, () => visitors.origin(ctx));
    } catch (error) {
      // It failed before it answered: the answer is ours to give, or the browser would wait for good.
      if (!ctx.res.headersSent) ctx.respond = true;
      throw error;
    }
  };
}
