/** What the owner of an account is told when a factor comes or goes: its kind, and nothing that somebody typed. */
import type { AccountNews } from '../notices/account-mail.ts';
import type { Credential } from './credential.ts';
import type { SecondFactorKind } from './factor-use.ts';
import { maskedAddress } from './masked-address.ts';

export const factorNews = (
  type: 'factor_added' | 'factor_removed',
  factor: Extract<Credential, { readonly kind: SecondFactorKind }>,
): AccountNews => ({
  type,
  factor: factor.kind,
  ...(factor.kind === 'mail-code' ? { target: maskedAddress(factor.address) } : {}),
});
