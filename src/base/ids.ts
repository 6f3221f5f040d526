/** The only source of randomness. Identifiers are opaque, URL-safe and say nothing about what they name. */
import { randomBytes, randomFillSync } from 'node:crypto';

export interface Ids {
  /** A record identifier: 128 random bits, 22 base64url characters. */
  id(): string;
  /** A bearer value that a person or program carries: 256 random bits, 43 base64url characters. */
  token(): string;
  /** Raw random bytes for keys and nonces. */
  bytes(length: number): Buffer;
}

/** Drawn from the system many at once, since each draw costs more than all that is done with it. */
const drawn = Buffer.alloc(4_096);
let taken = drawn.length;

function takeBytes(length: number): Buffer {
  if (length > 64) return randomBytes(length);
  if (taken + length > drawn.length) {
    randomFillSync(drawn);
    taken = 0;
  }
  const bytes = Buffer.from(drawn.subarray(taken, taken + length));
  // Given once, and not left lying about.
  drawn.fill(0, taken, taken + length);
  taken += length;
  return bytes;
}

export const systemIds: Ids = {
  id: () => takeBytes(16).toString('base64url'),
  token: () => takeBytes(32).toString('base64url'),
  bytes: takeBytes,
};
