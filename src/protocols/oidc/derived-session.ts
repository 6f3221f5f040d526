/**
 * oidc-provider keeps a session of its own. Here it is made a shadow of ours: whenever it is looked up, it is compared
 * with the single sign-on session of the same browser, and where ours is gone or another, a new one takes its place.
 */
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { authenticatedAt } from '../../core/credentials/assurance.ts';
import type { DerivedSessions, Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';
import { remove, type Write } from '../../store/port.ts';
import { type Authorizations, authorizationsOf } from './entry.ts';
import type { Pages } from './pages.ts';
import { oidcRecords } from './record.ts';

interface ShadowSession {
  accountId?: string;
  ssoSessionId?: string;
  authorizations?: Authorizations;
  loginAccount(details: { accountId: string; loginTs: number; transient: boolean }): void;
}

interface SessionModel {
  IN_PAYLOAD: readonly string[];
  get(ctx: KoaContextWithOIDC): Promise<ShadowSession>;
  instantiate(payload: object): ShadowSession;
}

/** Changes the provider's Session model in two places: what it stores, and how it is looked up. */
export function deriveSessions(provider: Provider, pages: Pages): void {
  const model = provider.Session as unknown as SessionModel;
  const stored = [...model.IN_PAYLOAD, 'ssoSessionId'];
  const find = model.get.bind(model);
  Object.defineProperty(model, 'IN_PAYLOAD', { get: () => stored });
  model.get = async (ctx) => {
    const found = await find(ctx);
    const session = await pages.session(ctx);
    if (isShadowOf(found, session)) return found;
    const shadow = model.instantiate({});
    if (session) follow(shadow, session);
    // `find` has put what it found into the context; the new one takes its place there too.
    ctx.oidc?.entity('Session', shadow as never);
    return shadow;
  };
}

const isShadowOf = (found: ShadowSession, session: Session | undefined): boolean =>
  session ? found.accountId === session.accountId && found.ssoSessionId === session.id : found.accountId === undefined;

function follow(shadow: ShadowSession, session: Session): void {
  const loginTs = Math.floor((authenticatedAt(session.factors) ?? session.startedAt) / 1000);
  shadow.loginAccount({ accountId: session.accountId, loginTs, transient: true });
  shadow.ssoSessionId = session.id;
  shadow.authorizations = authorizationsOf(session);
}

/** When ours ends, its shadows end in the same commit, and with them the tokens that live as long as the session. */
export const oidcSessions = ({ store }: World): DerivedSessions => ({
  async planEnd(session) {
    const page = await store.find(oidcRecords, { index: 'bySsoSession', equals: [session.id], limit: 1000 });
    return page.records.map(({ id }) => remove(oidcRecords, id));
  },

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
