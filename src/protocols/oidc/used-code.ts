/**
 * That a code was used, for every node and after every restart. Most sign-ons write this and nothing else, so it is the
 * least that keeps a code from being used twice: no index of its own, and nothing in it but when it may go.
 */
import type { Instant } from '../../base/clock.ts';
import { digestOf } from '../../base/digest.ts';
import type { Collection } from '../../store/port.ts';

export interface UsedCode {
  /** See `usedCodeId`. */
  readonly id: string;
  readonly expiresAt: Instant;
}

export const usedCodes: Collection<UsedCode> = { name: 'usedCodes', indexes: [], expiresAt: 'expiresAt' };

/**
 * By when the code ends: marks that are made together then lie together. By the digest alone each would change a page of its own,
 * which is what a group of commits costs most for. Padded, so that text sorts as time does.
 */
export const usedCodeId = (code: string, endsAt: Instant): string =>
  `${endsAt.toString(36).padStart(9, '0')}.${digestOf(code)}`;
