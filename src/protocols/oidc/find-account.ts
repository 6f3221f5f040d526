/**
 * oidc-provider's findAccount: whoever may not use the service now (suspended, ended, no longer its audience) is not
 * found, so that a refresh or a token stops with the right to it, not with its lifetime.
 */
import type { KoaContextWithOIDC, Account as OidcAccount } from 'oidc-provider';
import type { Attributes } from '../../core/attributes/attributes.ts';
import { isAudience } from '../../core/connections/audience.ts';
import { allowedRelease } from '../../core/consents/allowed-release.ts';
import { accounts, standingOf } from '../../core/people/account.ts';
import { people } from '../../core/people/person.ts';
import type { World } from '../../core/world.ts';
import type { Owner } from '../../login/facts.ts';
import type { ClaimMap } from './claims.ts';
import type { Clients } from './client.ts';
import type { Pages } from './pages.ts';

/** With what was read of it, so that nobody reads it again for the same request. */
export interface ReadAccount extends OidcAccount {
  readonly owner: Owner;
}

export interface FinderMeans {
  readonly world: World;
  readonly attributes: Attributes;
  readonly claims: ClaimMap;
  readonly pages: Pages;
  readonly clients: Clients;
}

export function accountFinder({ world, attributes, claims, pages, clients }: FinderMeans) {
  return async (ctx: KoaContextWithOIDC, accountId: string): Promise<ReadAccount | undefined> => {
    const connection = clients.connectionOf(ctx.oidc.client);
    const account = await world.store.get(accounts, accountId);
    const person = account && (await world.store.get(people, account.personId));
    const now = world.clock.now();
    if (!account || !person || standingOf(account, now) !== 'active') return undefined;
    // While a person stands before us the gate decides about the audience, with a page; later there is no page.
    const isLater = ctx.oidc.route === 'token' || ctx.oidc.route === 'userinfo';
    if (isLater && connection && !isAudience(connection, person, account, now)) return undefined;
    return {
      accountId,
      owner: { account, person },
      async claims() {
        const locale = pages.locale(ctx, textParam(ctx, 'ui_locales'));
        if (!connection) return { sub: accountId };
        const source = attributes.sourceOf({ person, account }, { now, locale, connection });
        const allowed = await allowedRelease(world.store, connection, accountId);
        return { sub: accountId, ...claims.claimsFor(allowed, source) };
      },
    };
  };
}

function textParam(ctx: KoaContextWithOIDC, name: string): string | undefined {
  const value = (ctx.oidc.params as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
