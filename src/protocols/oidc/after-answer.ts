/** When the person agrees to a service's log-out, our session ends before oidc-provider's answer leaves. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import { endSession } from '../../core/sessions/end.ts';
import type { DerivedSessions } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import type { Pages } from './pages.ts';

type AfterAnswer = (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void>;

export function afterAnswer(world: World, pages: Pages, derived: readonly DerivedSessions[]): AfterAnswer {
  return async (ctx, next) => {
    // Read before: the log-out destroys what tells whose session it is.
    const session = await pages.session(ctx);
    await next();
    const { oidc } = ctx;
    if (!oidc || !session) return;
    if (oidc.route === 'end_session_confirm' && (oidc.session as { destroyed?: boolean } | undefined)?.destroyed) {
      const actor = { kind: 'person' as const, id: session.accountId };
      await endSession(world, derived, actor, session, 'logout');
      pages.forgetSession(ctx);
    }
  };
}
