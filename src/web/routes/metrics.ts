/** `/metrics`, for those who may. To everybody else it is a page like any other that is not there. */
import type Router from '@koa/router';
import { DomainError } from '../../base/errors.ts';
import type { Config } from '../../config/schema.ts';
import { mayReadMetrics } from '../may-read-metrics.ts';

export interface MetricsPage {
  readonly contentType: string;
  text(): Promise<string>;
}

export function metricsRoutes(router: Router, server: Config['server'], page: MetricsPage): void {
  const mayRead = mayReadMetrics(server);
  router.get('/metrics', async (ctx) => {
    if (!mayRead(ctx.req)) throw new DomainError('request.not_found');
    ctx.body = await page.text();
    ctx.set('Content-Type', page.contentType);
    ctx.set('Cache-Control', 'no-store');
  });
}
