/**
 * The one-time ticket with which a person sets a password. An account has one at most: a new one takes the place of the
 * one before. The store holds its MAC, and keeps it when it is used or too late, so that a person who holds the right
 * key can be told so.
 */
import type { Instant } from '../../../base/clock.ts';
import type { Collection } from '../../../store/port.ts';
import type { Actor } from '../../audit/event.ts';
import type { KeyHanding } from '../../people/account.ts';
import type { CodeDigest } from '../code-digest.ts';

export interface ActivationKey {
  /** That of the account. */
  readonly id: string;
  readonly accountId: string;
  /** Random, another for each key: an activation that was begun with one cannot be finished on another. */
  readonly edition: string;
  readonly mac: string;
  readonly handed: KeyHanding;
  readonly issuedAt: Instant;
  readonly issuedBy: Pick<Actor, 'kind' | 'id'>;
  /** The first instant at which it is too late. */
  readonly expiresAt: Instant;
  readonly usedAt?: Instant;
}

export const activationKeys: Collection<ActivationKey> = { name: 'activationKeys', indexes: [] };

/** `key` in canonical form. */
export const activationKeyMac = (codeDigest: CodeDigest, accountId: string, edition: string, key: string): string =>
  codeDigest.of('activation-key', accountId, edition, key);

/** Without a record the same is computed, and is never right: the delay must not tell whether there is one. */
export const isActivationKey = (codeDigest: CodeDigest, record: ActivationKey | undefined, key: string): boolean =>
  codeDigest.matches(record?.mac ?? '', 'activation-key', record?.accountId ?? '', record?.edition ?? '', key);
