/** The second factors that an account has, each with what it would prove if it were used now. */
import type { Instant } from '../base/clock.ts';
import { type Credential, credentialsOf } from '../core/credentials/credential.ts';
import type { FactorUse, SecondFactorKind } from '../core/credentials/factor-use.ts';
import { maskedAddress } from '../core/credentials/masked-address.ts';
import { potentialUse } from '../core/credentials/potential-use.ts';
import type { World } from '../core/world.ts';

export interface HeldFactor {
  readonly kind: SecondFactorKind;
  readonly credentialId: string;
  readonly lastUsedAt?: Instant;
  readonly potential: FactorUse;
  /** By what its owner knows it: the name that they gave it, or the address, masked. */
  readonly label?: string;
}

/** Those that could be used now: a pass that has expired and recovery codes that are used up are none. */
export const heldFactors = async ({ store, clock }: World, accountId: string): Promise<readonly HeldFactor[]> =>
  heldAmong(await credentialsOf(store, accountId), clock.now());

/** The same of credentials that were read. */
export function heldAmong(all: readonly Credential[], now: Instant): readonly HeldFactor[] {
  return all.flatMap((credential) => {
    const potential = potentialUse(credential, now);
    if (!potential || credential.kind === 'password') return [];
    const { kind, id, lastUsedAt } = credential;
    const label = labelOf(credential);
    return [
      {
        kind,
        credentialId: id,
        potential,
        ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
        ...(label === undefined ? {} : { label }),
      },
    ];
  });
}

function labelOf(credential: Credential): string | undefined {
  if (credential.kind === 'mail-code') return maskedAddress(credential.address);
  return 'name' in credential ? credential.name : undefined;
}
