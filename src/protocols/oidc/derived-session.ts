/**
 * oidc-provider wants a session of its own. It is given a shadow of ours, made anew for every request of what the single
 * sign-on session of the browser says: it is stored nowhere and has no cookie, so the two cannot differ.
 */
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { sessionById } from '../../core/sessions/keep.ts';
import type { DerivedSessions, Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import { remove, type Write } from '../../store/port.ts';
import { authorizationsOf } from './entry.ts';
import { openQuestion } from './logout-question.ts';
import type { Pages } from './pages.ts';
import { oidcRecords } from './record.ts';
import type { Sealing } from './sealed-value.ts';

type Shadow = object;

interface SessionModel {
  readonly prototype: { destroyed?: boolean; destroy(): Promise<void>; resetIdentifier(): void };
  get(ctx: KoaContextWithOIDC): Promise<Shadow>;
  findByUid(uid: string): Promise<Shadow | undefined>;
  instantiate(payload?: object): Shadow;
}

export interface ShadowMeans {
  readonly world: World;
  readonly pages: Pages;
  readonly sealing: Sealing;
}

/** Changes how the provider's Session model looks sessions up: by our cookie, and by the id of ours. */
export function deriveSessions(provider: Provider, { world, pages, sealing }: ShadowMeans): void {
  const model = provider.Session as unknown as SessionModel;
  model.get = async (ctx) => {
    const session = await pages.session(ctx);
    const shadow = session ? shadowOf(model, session) : model.instantiate();
    keepUnsaved(shadow);
    // Only the answer to the question on our page brings the question's state back.
    if (session && ctx.oidc?.route === 'end_session_confirm') {
      const state = () => openQuestion(sealing, session, ctx.oidc.params?.xsrf, world.clock.now());
      Object.defineProperty(shadow, 'state', { get: state, set: ignore });
    }
    ctx.oidc?.entity('Session', shadow as never);
    return shadow;
  };
  model.findByUid = async (uid) => {
    const session = await sessionById(world, uid);
    return session && shadowOf(model, session);
  };
  // Ours ends in after-answer.ts; there is no record of this one.
  model.prototype.destroy = async function destroy() {
    this.destroyed = true;
  };
  model.prototype.resetIdentifier = ignore;
}

/** Codes and tokens name it by `uid`: the id of ours, which opens nothing. */
function shadowOf(model: SessionModel, session: Session): Shadow {
  const { id, accountId, startedAt } = session;
  // Until the gate puts the time there that this very request may be told.
  const loginTs = Math.floor(startedAt / 1000);
  return model.instantiate({ jti: id, uid: id, accountId, loginTs, authorizations: authorizationsOf(session) });
}

/** oidc-provider saves a session, and sets its cookie, unless it is new and nothing was written to it. */
function keepUnsaved(shadow: Shadow): void {
  // It cannot be defined anew: oidc-provider tries to, at whatever is written to the session.
  Object.defineProperty(shadow, 'touched', { value: false });
  Object.defineProperty(shadow, 'new', { value: true });
}

const ignore = (): void => undefined;

/** When ours ends, the tokens that live as long as the session find none: there is nothing more to write. */
export const oidcSessions = ({ store }: World): DerivedSessions => ({
  planEnd: async () => [],

  /** With the grants go the tokens that a request in flight is about to issue under them: they find no grant. */
  async planEndAccount(accountId) {
    const writes: Write[] = [];
    let after: string | undefined;
    do {
      const query = { index: 'byAccount', equals: [accountId], limit: 1000 };
      const page = await store.find(oidcRecords, { ...query, ...(after ? { after } : {}) });
      writes.push(...page.records.map(({ id }) => remove(oidcRecords, id)));
      after = page.next;
    } while (after);
    return writes;
  },
});
