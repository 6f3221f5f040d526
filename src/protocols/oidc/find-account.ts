/**
 * oidc-provider's findAccount: whoever may not use the service now (suspended, ended, no longer its audience) is not
 * found, so that a refresh or a token stops with the right to it, not with its lifetime.
 */
import type { KoaContextWithOIDC, Account as OidcAccount } from 'oidc-provider';
import type { Config } from '../../config/schema.ts';
import { isAudience } from '../../core/connections/audience.ts';
import type { Connection } from '../../core/connections/connection.ts';
import { consentOf } from '../../core/consents/consent.ts';
import { accounts, standingOf } from '../../core/people/account.ts';
import { people } from '../../core/people/person.ts';
import type { World } from '../../core/world.ts';
import type { Owner } from '../../login/facts.ts';
import { attributeSource } from '../../login/shown-connection.ts';
import { claimsFor } from './claims.ts';
import type { Clients } from './client.ts';
import type { Pages } from './pages.ts';

/** With what was read of it, so that nobody reads it again for the same request. */
export interface ReadAccount extends OidcAccount {
  readonly owner: Owner;
}

export function accountFinder(world: World, config: Config, pages: Pages, clients: Clients) {
  return async (ctx: KoaContextWithOIDC, accountId: string): Promise<ReadAccount | undefined> => {
    const [account, connection] = await Promise.all([
      world.store.get(accounts, accountId),
      clients.connectionOf(ctx.oidc.client),
    ]);
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
        const source = attributeSource(config, { person, account }, now, locale);
        return {
          sub: accountId,
          ...(connection ? claimsFor(await allowedRelease(world, connection, accountId), source) : {}),
        };
      },
    };
  };
}

function textParam(ctx: KoaContextWithOIDC, name: string): string | undefined {
  const value = (ctx.oidc.params as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** Where people are asked, a token gives what they allowed, also when the release has grown since. */
async function allowedRelease({ store }: World, { id, consent, release }: Connection, accountId: string) {
  if (consent === 'none') return release;
  const given = await consentOf(store, accountId, id);
  return release.filter(({ attribute }) => given?.attributes.includes(attribute));
}
