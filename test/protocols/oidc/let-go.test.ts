import { once } from 'node:events';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import Koa from 'koa';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { letGo } from '../../../src/protocols/oidc/let-go.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Seen {
  readonly ctx: Koa.Context;
  readonly entities: object;
}

/** Answers like oidc-provider: a getter for each request, and behind it what was gathered for the answer. */
async function serve(work: (ctx: Koa.Context) => Promise<void>, seen: Seen[]): Promise<number> {
  const app = new Koa();
  app.silent = true;
  app.use((ctx, next) => letGo(ctx as unknown as KoaContextWithOIDC, next));
  app.use(async (ctx) => {
    const oidc = { ctx, entities: { client: 'library' } };
    Object.defineProperty(ctx, 'oidc', { get: () => oidc });
    seen.push({ ctx, entities: oidc });
    await work(ctx);
  });
  const server = createServer(app.callback());
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describe('letGo', () => {
  it('empties the context, and what oidc-provider hung on it, once the answer is sent', async () => {
    const seen: Seen[] = [];
    let closed: Promise<unknown> | undefined;
    const port = await serve(async (ctx) => {
      closed = once(ctx.res, 'close');
      ctx.body = { answer: 1 };
    }, seen);
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect(await answer.json()).toEqual({ answer: 1 });
    await closed;
    const [{ ctx, entities } = {} as Seen] = seen;
    expect(Object.values({ ...ctx }).filter((value) => value !== undefined)).toEqual([]);
    expect(entities).toEqual({ ctx: undefined, entities: undefined });
  });

  it('leaves the context of a request that the browser gave up to those who are still at work on it', async () => {
    const seen: Seen[] = [];
    let arrived = (): void => {};
    const isAtWork = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const ended = Promise.withResolvers<string>();
    const port = await serve(async (ctx) => {
      arrived();
      await once(ctx.res, 'close');
      ended.resolve(ctx.req.url ?? '');
    }, seen);
    const asked = get({ host: '127.0.0.1', port, path: '/asked' });
    asked.on('error', () => undefined);
    await isAtWork;
    asked.destroy();
    expect(await ended.promise).toBe('/asked');
    expect(seen[0]?.ctx.req.url).toBe('/asked');
  });
});
