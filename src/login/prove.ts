/** A factor was given: what the attempt has proven grows by it, for one account only. */
import type { FactorUse } from '../core/credentials/factor-use.ts';
import type { Progress } from './attempt.ts';

/**
 * `edition` is that of a password. What was proven before of the same account stays; of another account nothing does:
 * two people's factors never make one person's login.
 */
export function provenWith(progress: Progress, accountId: string, use: FactorUse, edition?: string): Progress {
  const before = progress.proven?.accountId === accountId ? progress.proven : undefined;
  const others = before?.factors.filter(({ kind }) => kind !== use.kind) ?? [];
  const known = edition ?? before?.edition;
  return {
    ...progress,
    proven: { accountId, factors: [...others, use], ...(known === undefined ? {} : { edition: known }) },
  };
}
