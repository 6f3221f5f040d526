/** One-way forms of values of 128 random bits or more, for storing what people and programs carry. */
import { hash, timingSafeEqual } from 'node:crypto';

/**
 * SHA-256 in base64url. Only for values with at least 128 bits of randomness: anything shorter falls to a search
 * and wants a keyed MAC (core/keys/seal.ts).
 */
export const digestOf = (value: string): string => hash('sha256', value, 'base64url');

/** Compares in a time that depends only on length, so that an answer's delay does not spell out a stored value. */
export function isSameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
