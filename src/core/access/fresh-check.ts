/**
 * Whether somebody has shown a moment ago that the account is theirs. Pure. Whoever finds an unlocked browser, or has
 * stolen a password, must not be able to make themselves at home in the account.
 */
import type { Instant } from '../../base/clock.ts';
import { minutes } from '../../base/duration.ts';
import type { NamedFactor } from '../credentials/add-factor.ts';
import { type AssuranceRule, identifies, trueLevels } from '../credentials/assurance.ts';
import type { Credential } from '../credentials/credential.ts';
import type { FactorUse } from '../credentials/factor-use.ts';
import type { Level } from '../credentials/level.ts';
import { potentialUse } from '../credentials/potential-use.ts';

/** Milliseconds for which a check holds. */
export const freshFor = minutes(10);

/** What a login that renews the check may rely on: younger, so that whoever comes back from it has time left. Seconds. */
export const renewedWithinSeconds = 300;

/** Factors of which an account may hold several, under names; recovery codes and passes only stand in for one. */
export const isNamedFactor = <T extends Credential>(credential: T): credential is T & NamedFactor =>
  'name' in credential;

/** The levels that a login could make true with the password and all of these. */
export function reachableLevels(rule: AssuranceRule, held: readonly Credential[], now: Instant): readonly Level[] {
  const uses = held.flatMap((credential): readonly FactorUse[] => {
    if (credential.kind === 'password') return [{ kind: 'password', at: now, preset: credential.preset }];
    const use = potentialUse(credential, now);
    return use ? [use] : [];
  });
  return trueLevels(rule, uses);
}

/** One that counts as such: with it, a password alone is no longer enough for anything on the person's own pages. */
export const hasSecondFactor = (rule: AssuranceRule, held: readonly Credential[], now: Instant): boolean =>
  reachableLevels(
    rule,
    held.filter((credential) => credential.kind === 'password' || isNamedFactor(credential)),
    now,
  ).includes('mfa');

/** `factors`: those that the session remembers. */
export function isFresh(
  rule: AssuranceRule,
  held: readonly Credential[],
  factors: readonly FactorUse[],
  now: Instant,
): boolean {
  const young = factors.filter(({ at }) => now - at <= freshFor);
  return hasSecondFactor(rule, held, now) ? trueLevels(rule, young).includes('mfa') : identifies(young);
}
