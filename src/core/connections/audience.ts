/** Who may use a service: one rule for the login, the portal's tiles and the page for those who are turned away. */
import type { Instant } from '../../base/clock.ts';
import type { Account } from '../people/account.ts';
import { currentAffiliations, currentRoles, type Person } from '../people/person.ts';
import type { Audience, Connection } from './connection.ts';

const isAmong = <T>(allowed: readonly T[] | undefined, held: readonly T[]): boolean =>
  allowed === undefined || allowed.some((value) => held.includes(value));

export const isAudience = (
  { audience }: Pick<Connection, 'audience'>,
  person: Person,
  account: Account,
  now: Instant,
): boolean => audienceOf(person, account, now)(audience);

/** The same for many services: what the person is, is looked up once. */
export function audienceOf(person: Person, account: Account, now: Instant): (audience: Audience) => boolean {
  const units = currentAffiliations(person, now).map(({ unit }) => unit);
  const roles = currentRoles(person, now);
  const kinds = [account.kind];
  return (audience) =>
    isAmong(audience.roles, roles) && isAmong(audience.accountKinds, kinds) && isAmong(audience.units, units);
}
