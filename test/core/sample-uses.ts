/** Uses of second factors made to order; `at` in milliseconds. */
import type { FactorUse, UseOf } from '../../src/core/credentials/factor-use.ts';
import { startInstant } from './sample-records.ts';

type CredentialKind = Exclude<FactorUse['kind'], 'password' | 'passkey'>;

export const useOf = (kind: CredentialKind, at = startInstant): FactorUse => ({ kind, at, credentialId: `${kind}-1` });

/** Of a phone's own passkey store, its owner checked, unless said. */
export const passkeyUse = (at = startInstant, wishes: Partial<UseOf<'passkey'>> = {}): FactorUse => ({
  kind: 'passkey',
  at,
  credentialId: 'passkey-1',
  userVerified: true,
  isSynced: true,
  aaguid: '00000000-0000-0000-0000-000000000000',
  ...wishes,
});
