/**
 * Subject identifiers (OIDC Core 8). Public: the account's own id. Pairwise: an HMAC over sector and account under a
 * key of the ring that never turns, since every service's records hang on it.
 */
import { createHmac } from 'node:crypto';
import { isSameText } from '../../base/digest.ts';
import type { Connection } from '../../core/connections/connection.ts';
import { activeKey, type OpenedKey } from '../../core/keys/ring.ts';
import { accounts } from '../../core/people/account.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { World } from '../../core/world.ts';

export interface Subjects {
  pairwise(accountId: string, sector: string): string;
  /** The account behind a subject that a service names, or undefined where it cannot be told. */
  accountIdOf(sub: string, connection: Connection, session?: Session): Promise<string | undefined>;
}

export function subjectsOf(world: World, ring: readonly OpenedKey[]): Subjects {
  const { key } = activeKey(ring, 'pairwise');
  const pairwise = (accountId: string, sector: string) =>
    createHmac('sha256', key).update(`${sector.length}:${sector}${accountId}`).digest('base64url');
  return {
    pairwise,
    async accountIdOf(sub, connection, session) {
      if (connection.oidc.subject === 'public') return (await world.store.get(accounts, sub))?.id;
      // A pairwise subject cannot be turned back; it can only be compared with who is here.
      const sector = sectorOf(connection);
      return session && isSameText(pairwise(session.accountId, sector), sub) ? session.accountId : undefined;
    },
  };
}

/** OIDC Core 8.1: without a sector_identifier_uri all redirect URIs share one host, which is the sector. */
export const sectorOf = ({ oidc }: Connection): string => new URL(oidc.redirectUris[0] ?? 'https://invalid').hostname;
