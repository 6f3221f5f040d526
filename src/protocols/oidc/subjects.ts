/**
 * Subject identifiers (OIDC Core 8). Public: the account's own id. Pairwise: the pseudonym of the account in the service's
 * sector.
 */
import type { OidcConnection } from '../../core/connections/connection.ts';
import { pseudonymUnder } from '../../core/keys/pseudonym.ts';
import type { OpenedKey } from '../../core/keys/ring.ts';
import type { NamedAccount } from '../../login/request.ts';

export interface Subjects {
  pairwise(accountId: string, sector: string): string;
}

export function subjectsOf(ring: readonly OpenedKey[]): Subjects {
  const pseudonym = pseudonymUnder(ring);
  return { pairwise: (accountId, sector) => pseudonym(accountId, sector).toString('base64url') };
}

/** Whom a service means by a subject; whether there is such an account, the login finds out. */
export const accountNamed = (sub: string, connection: OidcConnection): NamedAccount =>
  connection.oidc.subject === 'public'
    ? { kind: 'account', id: sub }
    : { kind: 'alias', alias: sub, place: sectorOf(connection) };

/**
 * OIDC Core 8.1: the host of the sector_identifier_uri; without one all redirect URIs share one host, which is the sector.
 * With its port, as oidc-provider has it: both make the same subjects.
 */
export const sectorOf = ({ oidc }: Pick<OidcConnection, 'oidc'>): string =>
  new URL(oidc.sectorIdentifierUri ?? oidc.redirectUris[0] ?? 'https://invalid').host;
