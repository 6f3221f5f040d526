/**
 * When the person agrees to a service's log-out, our session ends before oidc-provider's answer leaves. Where other services
 * are to hear of it, the browser goes to the page of that first, and from there to where the answer would have led.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';
import { endInRound } from '../../core/sessions/end-in-round.ts';
import type { DerivedSessions, Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import type { LogoutState } from './logout-question.ts';
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
      await endFor(ctx, session, { world, pages, derived });
    }
  };
}

interface EndMeans {
  readonly world: World;
  readonly pages: Pages;
  readonly derived: readonly DerivedSessions[];
}

async function endFor(ctx: KoaContextWithOIDC, session: Session, { world, pages, derived }: EndMeans): Promise<void> {
  const { clientId, postLogoutRedirectUri } = (ctx.oidc.session as unknown as { state?: LogoutState }).state ?? {};
  const browserToken = world.ids.token();
  const handle = await endInRound(world, derived, session, {
    actor: { kind: 'person', id: session.accountId },
    browserToken,
    // It may have been named by somebody else (`client_id` alone), so it is told like all others.
    ...(clientId === undefined ? {} : { askedBy: { connectionId: clientId, isAnswered: false } }),
    // Its address is registered for the service; oidc-provider has looked. Without one its answer leads to a page of ours.
    ...(postLogoutRedirectUri === undefined
      ? {}
      : { back: { protocol: 'oidc', carried: ctx.response.get('location') } as const }),
  });
  pages.forgetSession(ctx, browserToken);
  if (handle === undefined) return;
  ctx.redirect(`/logout/round/${handle}`);
  ctx.status = 303;
}
