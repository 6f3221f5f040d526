/** One factor of an account. Today passwords; each further kind adds a member to the union. */
import type { Instant } from '../../base/clock.ts';
import type { Collection, Store, Stored } from '../../store/port.ts';
import type { PasswordPreset } from './password-rule.ts';

export interface PasswordCredential {
  /** `<account id>:password`: an account has one. */
  readonly id: string;
  readonly accountId: string;
  readonly kind: 'password';
  readonly hash: string;
  /** The rule under which it was set: what the password proves depends on it (assurance.ts). */
  readonly preset: PasswordPreset;
  readonly setAt: Instant;
  /** Random, another at each setting: what was proven with an older password proves nothing any more. */
  readonly edition: string;
  readonly lastUsedAt?: Instant;
}

export const credentials: Collection<PasswordCredential> = {
  name: 'credentials',
  indexes: [{ name: 'byAccount', fields: ['accountId', 'kind'] }],
};

export const passwordId = (accountId: string): string => `${accountId}:password`;

export const passwordOf = (store: Store, accountId: string): Promise<Stored<PasswordCredential> | undefined> =>
  store.get(credentials, passwordId(accountId));
