/**
 * What somebody is called in one place and nowhere else: an HMAC over place and name under a key of the ring that never
 * turns, since records of services hang on it. Nothing is stored, and nothing needs to be: what it is made of (ids of
 * accounts and persons) is never given to anybody else, so neither is what is made of it.
 */
import { createHmac } from 'node:crypto';
import { activeKey, type OpenedKey } from './ring.ts';

/** 32 bytes, which each protocol writes in letters that it may use. */
export type Pseudonym = (id: string, place: string) => Buffer;

export function pseudonymUnder(ring: readonly OpenedKey[]): Pseudonym {
  const { key } = activeKey(ring, 'pairwise');
  // The length keeps ("ab", "c") and ("a", "bc") apart.
  return (id, place) => createHmac('sha256', key).update(`${place.length}:${place}${id}`).digest();
}
