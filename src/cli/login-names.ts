/** Login names by account id, for lists that people read. An account that is not there has none. */
import { accounts } from '../core/people/account.ts';
import type { Store } from '../store/port.ts';

export type LoginNames = ReadonlyMap<string, string>;

export async function loginNames(store: Store, accountIds: readonly string[]): Promise<LoginNames> {
  const found = await Promise.all([...new Set(accountIds)].map((id) => store.get(accounts, id)));
  return new Map(found.flatMap((account) => (account ? [[account.id, account.loginName] as const] : [])));
}
