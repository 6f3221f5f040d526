/** The only source of randomness. Identifiers are opaque, URL-safe and say nothing about what they name. */
import { randomBytes } from 'node:crypto';

export interface Ids {
  /** A record identifier: 128 random bits, 22 base64url characters. */
  id(): string;
  /** A bearer value that a person or program carries: 256 random bits, 43 base64url characters. */
  token(): string;
  /** Raw random bytes for keys and nonces. */
  bytes(length: number): Buffer;
}

export const systemIds: Ids = {
  id: () => randomBytes(16).toString('base64url'),
  token: () => randomBytes(32).toString('base64url'),
  bytes: (length) => randomBytes(length),
};
