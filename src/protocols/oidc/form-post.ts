/**
 * The answer as a form (OAuth 2.0 Form Post Response Mode), on our page: oidc-provider's own has an inline script, which
 * our policy forbids, and posts to a place that our `form-action` does not know.
 */
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { connections } from '../../core/connections/connection.ts';
import type { World } from '../../core/world.ts';
import type { Pages } from './pages.ts';

type ResponseMode = (
  ctx: KoaContextWithOIDC,
  redirectUri: string,
  answer: Readonly<Record<string, unknown>>,
) => Promise<void> | void;

/** Response modes are registered in the constructor, the first of a name for good: ours has to be there before. */
export function openWithFormPost(issuer: string, configuration: Configuration, world: World, pages: Pages): Provider {
  const formPost: ResponseMode = async (ctx, redirectUri, answer) => {
    const connection = await world.store.get(connections, ctx.oidc.client?.clientId ?? '');
    if (!connection) throw new Error('an answer goes to a known service');
    const fields = Object.entries(answer).map(([name, value]) => ({ name, value: String(value) }));
    ctx.type = 'html';
    ctx.status = 'error' in answer ? 400 : 200;
    ctx.body = await pages.postBack(ctx, { action: redirectUri, fields, connection });
  };
  class FormPostProvider extends Provider {
    override registerResponseMode(name: string, mode: ResponseMode): void {
      super.registerResponseMode(name, name === 'form_post' ? formPost : mode);
    }
  }
  return new FormPostProvider(issuer, configuration);
}
