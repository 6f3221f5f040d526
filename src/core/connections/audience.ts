/** Who may use a service: one rule for the login, the portal's tiles and the page for those who are turned away. */
import type { Instant } from '../../base/clock.ts';
import type { Account } from '../people/account.ts';
import { currentAffiliations, currentRoles, type Person } from '../people/person.ts';
import type { Connection } from './connection.ts';

const isAmong = <T>(allowed: readonly T[] | undefined, held: readonly T[]): boolean =>
  allowed === undefined || allowed.some((value) => held.includes(value));

export function isAudience({ audience }: Connection, person: Person, account: Account, now: Instant): boolean {
  const units = currentAffiliations(person, now).map(({ unit }) => unit);
  return (
    isAmong(audience.roles, currentRoles(person, now)) &&
    isAmong(audience.accountKinds, [account.kind]) &&
    isAmong(audience.units, units)
  );
}
