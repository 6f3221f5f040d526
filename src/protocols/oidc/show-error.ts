/** Which of oidc-provider's errors is shown on our page, how it is counted, and whom it names. */
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { connections } from '../../core/connections/connection.ts';
import type { World } from '../../core/world.ts';
import type { Pages } from './pages.ts';

export function errorPage(world: World, pages: Pages) {
  return async (ctx: KoaContextWithOIDC, out: ErrorOut, error: Error): Promise<void> => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    const named = ctx.oidc.client?.clientId;
    const connection = named === undefined ? undefined : await world.store.get(connections, named);
    const html = await pages.error(ctx, {
      status,
      detail: [out.error, out.error_description].filter(Boolean).join(': '),
      isOurFault: status >= 500,
      cause: error,
      ...(connection ? { connection } : {}),
    });
    ctx.status = status;
    ctx.type = 'html';
    ctx.body = html;
  };
}
