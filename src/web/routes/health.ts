/**
 * For balancers and container engines: `livez` says that the process answers, `readyz` that it can serve, and not any more
 * once it has been asked to end.
 */
import type Router from '@koa/router';
import type { World } from '../../core/world.ts';

export function healthRoutes(router: Router, { store }: World, isEnding: () => boolean): void {
  router.get('/livez', (ctx) => {
    ctx.body = 'ok\n';
  });
  router.get('/readyz', async (ctx) => {
    if (isEnding()) {
      ctx.status = 503;
      ctx.body = 'ending\n';
      return;
    }
    try {
      await store.ping();
      ctx.body = 'ready\n';
    } catch {
      ctx.status = 503;
      ctx.body = 'the store does not answer\n';
    }
  });
}
