/**
 * oidc-provider's introspection policy (RFC 7662, 2.2): who may ask about a token, and whether its service and its owner
 * still may do what it stands for. oidc-provider itself looks at the token and its grant only, and takes it for granted
 * that a token's client exists.
 */
import type { Client, KoaContextWithOIDC } from 'oidc-provider';
import { isAudience } from '../../core/connections/audience.ts';
import { connections } from '../../core/connections/connection.ts';
import { accounts, standingOf } from '../../core/people/account.ts';
import { people } from '../../core/people/person.ts';
import type { World } from '../../core/world.ts';
import { introspectProperty } from './client.ts';

interface AskedToken {
  readonly clientId?: string;
  readonly accountId?: string;
}

/** False gives the answer of a token that nobody knows. */
export function introspectionPolicy({ store, clock }: World) {
  return async (_ctx: KoaContextWithOIDC, client: Client, asked: object): Promise<boolean> => {
    const { clientId = '', accountId = '' } = asked as AskedToken;
    // A service may always ask about its own tokens; about others' only with the connection's word.
    if (clientId !== client.clientId && client[introspectProperty] !== true) return false;
    const [connection, account] = await Promise.all([store.get(connections, clientId), store.get(accounts, accountId)]);
    const person = account && (await store.get(people, account.personId));
    if (!account || !person || connection?.state !== 'active') return false;
    const now = clock.now();
    return standingOf(account, now) === 'active' && isAudience(connection, person, account, now);
  };
}
