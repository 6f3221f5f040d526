/** Second factors that an account has, made to order, as a situation knows them. */
import type { SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import type { HeldFactor } from '../../src/login/held-factors.ts';
import { passkeyUse, useOf } from '../core/sample-uses.ts';

export const sampleHeld = (kind: SecondFactorKind, wishes: Partial<HeldFactor> = {}): HeldFactor => ({
  kind,
  credentialId: `${kind}-1`,
  potential: kind === 'passkey' ? passkeyUse() : useOf(kind),
  ...wishes,
});
