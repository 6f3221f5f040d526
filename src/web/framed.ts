import type Koa from 'koa';
import { contentPolicy } from './content-policy.ts';

/** Our own page may have this answer in a frame, and nobody else; all other answers stand in none. */
export function allowFraming(ctx: Koa.Context): void {
  const policy = String(ctx.response.get('Content-Security-Policy') || contentPolicy());
  ctx.set('Content-Security-Policy', policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
  ctx.set('X-Frame-Options', 'SAMEORIGIN');
}

/** What stands in a frame that has done its work; nobody sees it. */
export function emptyFrame(ctx: Koa.Context): void {
  allowFraming(ctx);
  ctx.type = 'html';
  ctx.body = '<!doctype html><html lang="en"><title>.</title></html>';
}
