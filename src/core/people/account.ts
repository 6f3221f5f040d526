/** A login name of a person. It is never given to anybody else: a closed account stays as the tombstone of its name. */
import type { Instant } from '../../base/clock.ts';
import { type Collection, findOne, type Store, type Stored } from '../../store/port.ts';

export const accountStates = ['issued', 'active', 'suspended', 'expired', 'closed'] as const;
/** issued → active ⇄ suspended, then expired → closed. */
export type AccountState = (typeof accountStates)[number];

/** How an activation key came to its owner: over the counter after a look at a card, or to the address on record. */
export const keyHandings = ['in-person', 'post'] as const;
export type KeyHanding = (typeof keyHandings)[number];

export interface Account {
  readonly id: string;
  readonly personId: string;
  /** A kind of `accounts.kinds` in the configuration. */
  readonly kind: string;
  /** Canonical form (see `canonicalLoginName`). */
  readonly loginName: string;
  readonly state: AccountState;
  readonly createdAt: Instant;
  readonly activatedAt?: Instant;
  /** The last activation with a key: how the key had been handed over, and when it was used. */
  readonly activation?: { readonly handed: KeyHanding; readonly at: Instant };
  readonly suspendedAt?: Instant;
  /** For the operator and the desk, never for a page of the person's. */
  readonly suspensionReason?: string;
  /** Its owner said that something was not them. Without it a suspension is the university's. */
  readonly suspensionCause?: 'not_me';
  /** The first instant at which the account has ended. */
  readonly expiresAt?: Instant;
  readonly universityMail?: string;
  /** As Microsoft 365 knows the account (onPremisesImmutableId), where another directory gave it that name before. */
  readonly immutableId?: string;
  readonly acceptedTerms?: { readonly version: string; readonly at: Instant };
}

export const accounts: Collection<Account> = {
  name: 'accounts',
  indexes: [
    { name: 'byLoginName', fields: ['loginName'], unique: true },
    { name: 'byPerson', fields: ['personId', 'createdAt'] },
    // Whoever had that of somebody else would read their mail.
    { name: 'byImmutableId', fields: ['immutableId'], unique: true },
  ],
};

/** What people mean when they type on a phone: full-width letters become half-width, capitals small, spaces go. */
export const canonicalLoginName = (typed: string): string => typed.normalize('NFKC').replace(/\s+/g, '').toLowerCase();

/** The state with the calendar applied: an account past its end is expired, whether or not a job has written it down. */
export function standingOf(account: Account, now: Instant): AccountState {
  const running = account.state === 'issued' || account.state === 'active' || account.state === 'suspended';
  if (running && account.expiresAt !== undefined && account.expiresAt <= now) return 'expired';
  return account.state;
}

export const accountByLoginName = (store: Store, loginName: string): Promise<Stored<Account> | undefined> =>
  findOne(store, accounts, 'byLoginName', canonicalLoginName(loginName));
