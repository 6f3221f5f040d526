/**
 * Argon2id (RFC 9106). Its parameters lie in each hash, so that they can rise: a login with a weaker hash than the
 * configured one makes a new one. A login without any hash to compare costs the same as one with.
 */
import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { canonicalPassword } from './password-rule.ts';

export interface HashCost {
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** False at the same cost when there is no hash: the delay must not tell whether the account has a password. */
  matches(stored: string | undefined, password: string): Promise<boolean>;
  isOutdated(stored: string): boolean;
}

export function passwordHasher(cost: HashCost): PasswordHasher {
  const options = {
    // `Algorithm` is an ambient const enum, which type stripping cannot read; 2 is its Argon2id.
    algorithm: 2 as Algorithm,
    memoryCost: cost.memoryKiB,
    timeCost: cost.iterations,
    parallelism: cost.parallelism,
  };
  const prefix = `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.iterations},p=${cost.parallelism}$`;
  const hashOf = (password: string) => hash(canonicalPassword(password), options);
  // Made at construction and awaited in `matches`: nobody's password, with the cost of everybody's.
  const dummy = hashOf('no account has this password');
  return {
    hash: hashOf,
    async matches(stored, password) {
      const typed = canonicalPassword(password);
      const isMatch = await verify(stored ?? (await dummy), typed);
      if (stored === undefined || isMatch) return stored !== undefined && isMatch;
      // A hash of lower cost would otherwise answer sooner than no hash at all, and tell that the account exists.
      if (!stored.startsWith(prefix)) await verify(await dummy, typed);
      return false;
    },
    isOutdated: (stored) => !stored.startsWith(prefix),
  };
}
