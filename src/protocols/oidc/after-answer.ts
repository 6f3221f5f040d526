/**
 * What our records must say before an answer of oidc-provider leaves: the service that was entered, in our session; and
 * our session's end, when the person agreed to a service's log-out.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';
import { isDomainError } from '../../base/errors.ts';
import { auditWrite } from '../../core/audit/event.ts';
import { planEnd } from '../../core/sessions/end.ts';
import { planEntry } from '../../core/sessions/keep.ts';
import type { DerivedSessions, Session } from '../../core/sessions/session.ts';
import { sessions } from '../../core/sessions/session.ts';
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
    if (oidc.entities.AuthorizationCode) await noteEntry(world, ctx, session);
    if (oidc.route === 'end_session_confirm' && (oidc.session as { destroyed?: boolean } | undefined)?.destroyed) {
      const actor = { kind: 'person' as const, id: session.accountId };
      await world.store.commit([...(await planEnd(world, derived, actor, session, 'logout'))]);
      pages.forgetSession(ctx);
    }
  };
}

/** Read anew and tried again when another tab entered another service in between: neither may be lost for log-out. */
async function noteEntry(world: World, ctx: KoaContextWithOIDC, { id }: Session): Promise<void> {
  const clientId = ctx.oidc.client?.clientId ?? '';
  const sid = ctx.oidc.session?.sidFor(clientId) ?? '';
  for (let round = 0; round < 10; round += 1) {
    const session = await world.store.get(sessions, id);
    if (!session) return;
    const entry = planEntry(session, {
      connectionId: clientId,
      protocol: 'oidc',
      enteredAt: world.clock.now(),
      handles: { sid },
    });
    if (!entry) return;
    const actor = { kind: 'person' as const, id: session.accountId };
    const event = { type: 'service.entered' as const, accountId: session.accountId, connectionId: clientId };
    try {
      return await world.store.commit([entry, auditWrite(world, actor, event)]);
    } catch (error) {
      if (!isDomainError(error, 'store.conflict')) throw error;
    }
  }
}
