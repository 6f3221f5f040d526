/** Recovery codes between their making and the moment at which the person has kept them: sealed, in the attempt alone. */
import type { Ids } from '../base/ids.ts';
import type { MasterKey } from '../core/keys/master-key.ts';
import { seal, unseal } from '../core/keys/seal.ts';

export const sealRecoveryCodes = (key: MasterKey, ids: Ids, accountId: string, codes: readonly string[]): string =>
  seal(key, 'attempts', ids, accountId, Buffer.from(JSON.stringify(codes)));

/** @throws DomainError `key.unreadable` when they were sealed for another account. */
export const openRecoveryCodes = (key: MasterKey, accountId: string, sealed: string): readonly string[] =>
  JSON.parse(unseal(key, 'attempts', accountId, sealed).toString());
