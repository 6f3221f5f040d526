/**
 * An activation between its two pages: the key was right, the password is still to come. It lies under the digest of a
 * random handle, bound to the browser that showed the key; the key itself goes into no cookie and no address.
 */
import type { Instant } from '../../../base/clock.ts';
import { digestOf, isSameText } from '../../../base/digest.ts';
import type { Collection, Stored } from '../../../store/port.ts';
import { type Account, accounts, standingOf } from '../../people/account.ts';
import { type Person, people } from '../../people/person.ts';
import type { World } from '../../world.ts';
import { type ActivationKey, activationKeys } from './activation-key.ts';

export interface Activation {
  /** SHA-256 of the handle. */
  readonly id: string;
  /** SHA-256 of the browser cookie's token. */
  readonly browserDigest: string;
  readonly accountId: string;
  readonly keyEdition: string;
  /** The account was active before: this is its new password, not its first. */
  readonly isRenewal: boolean;
  readonly expiresAt: Instant;
  /** Kept after the end, so that a second press or a reload finds the end and not an error. */
  readonly finishedAt?: Instant;
}

export const activations: Collection<Activation> = { name: 'activations', indexes: [], expiresAt: 'expiresAt' };

/** Who holds an activation: both must be right. */
export interface ActivationHolder {
  readonly handle: string;
  readonly browserToken: string;
}

export interface OpenActivation {
  readonly kind: 'open';
  readonly activation: Stored<Activation>;
  readonly key: Stored<ActivationKey>;
  readonly account: Stored<Account>;
  readonly person: Person;
  /** The terms in force have yet to be accepted. */
  readonly asksTerms: boolean;
}

export type ActivationPosition =
  | OpenActivation
  | { readonly kind: 'finished'; readonly loginName: string; readonly isRenewal: boolean }
  /** Too old, or another browser's. */
  | { readonly kind: 'not_found' }
  /** `key_gone`: used elsewhere, or replaced, meanwhile. The kind of the account says whose desk helps. */
  | { readonly kind: 'key_gone' | 'account_suspended' | 'account_ended'; readonly accountKind: string };

/** A key that was right when it was shown stays good until the activation ends, also when its last hour passes meanwhile. */
export async function lookAtActivation(
  { store, clock }: World,
  termsVersion: string | undefined,
  { handle, browserToken }: ActivationHolder,
): Promise<ActivationPosition> {
  const activation = await store.get(activations, digestOf(handle));
  // Without the browser, whoever reads the address over a shoulder or in a history could set the password.
  if (!activation || !isSameText(digestOf(browserToken), activation.browserDigest)) return { kind: 'not_found' };
  const account = await store.get(accounts, activation.accountId);
  const person = account && (await store.get(people, account.personId));
  if (!account || !person) return { kind: 'not_found' };
  if (activation.finishedAt !== undefined) {
    return { kind: 'finished', loginName: account.loginName, isRenewal: activation.isRenewal };
  }
  const key = await store.get(activationKeys, account.id);
  if (key?.edition !== activation.keyEdition || key.usedAt !== undefined) {
    return { kind: 'key_gone', accountKind: account.kind };
  }
  const hindrance = activationHindrance(account, clock.now());
  if (hindrance) return { kind: hindrance, accountKind: account.kind };
  const asksTerms = termsVersion !== undefined && account.acceptedTerms?.version !== termsVersion;
  return { kind: 'open', activation, key, account, person, asksTerms };
}

/** What keeps the account itself from being activated. Told to nobody but the holder of its key. */
export function activationHindrance(account: Account, now: Instant): 'account_suspended' | 'account_ended' | undefined {
  const standing = standingOf(account, now);
  if (standing === 'suspended') return 'account_suspended';
  return standing === 'expired' || standing === 'closed' ? 'account_ended' : undefined;
}
