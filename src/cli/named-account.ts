/** The account that an operator names by its login name. */
import { DomainError } from '../base/errors.ts';
import { type Account, accountByLoginName } from '../core/people/account.ts';
import type { World } from '../core/world.ts';
import type { Stored } from '../store/port.ts';

/** @throws DomainError `account.not_found`. */
export async function namedAccount({ store }: World, loginName: string): Promise<Stored<Account>> {
  const account = await accountByLoginName(store, loginName);
  if (!account) throw new DomainError('account.not_found', { loginName });
  return account;
}
