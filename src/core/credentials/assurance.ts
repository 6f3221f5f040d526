/**
 * What a login proves. Pure: factors used, with their times, become the set of levels that are true; configuration
 * gives each level its URI in each protocol. "Assert something that matches the request, and only what is true."
 * The table is that of the REFEDS profiles and of GakuNin's registry; what a university may decide is in the rule.
 */
import type { Instant } from '../../base/clock.ts';
import type { FactorUse, SecondFactorKind, UseOf } from './factor-use.ts';
import { type Level, levels } from './level.ts';
import { presetMeetsSfa } from './password-rule.ts';

/** What the profiles leave to whoever asserts them. */
export interface AssuranceRule {
  /** Whether each makes `mfa` true after a password (REFEDS MFA: independent of it, and of another kind). */
  readonly mfaBy: { readonly mailCode: boolean; readonly recoveryCode: boolean; readonly temporaryPass: boolean };
  /** What GakuNin's registry of authenticators lists: products of passkeys by AAGUID. */
  readonly aal2By: { readonly totp: boolean; readonly certificate: boolean; readonly passkeys: readonly string[] };
}

/** What each second factor adds to a password. */
const besidePassword: { readonly [K in SecondFactorKind]: (rule: AssuranceRule, use: UseOf<K>) => readonly Level[] } = {
  totp: ({ aal2By }) => ['mfa', ...(aal2By.totp ? (['aal2'] as const) : [])],
  'mail-code': ({ mfaBy }) => (mfaBy.mailCode ? ['mfa'] : []),
  passkey: ({ aal2By }, { aaguid }) => [
    'mfa',
    'phishing-resistant',
    ...(aal2By.passkeys.includes(aaguid) ? (['aal2'] as const) : []),
  ],
  'recovery-code': ({ mfaBy }) => (mfaBy.recoveryCode ? ['mfa'] : []),
  'temporary-pass': ({ mfaBy }) => (mfaBy.temporaryPass ? ['mfa'] : []),
  certificate: ({ aal2By }) => ['mfa', 'phishing-resistant', ...(aal2By.certificate ? (['aal2'] as const) : [])],
};

/** A level, and factors that together make it true; there may be several such grounds for one level. */
interface Ground {
  readonly level: Level;
  readonly factors: readonly FactorUse[];
}

function groundsOf(rule: AssuranceRule, factors: readonly FactorUse[]): readonly Ground[] {
  const passwords = factors.filter((use) => use.kind === 'password');
  return factors.flatMap((use): readonly Ground[] => {
    if (use.kind === 'password') {
      const alone = { level: 'password' as const, factors: [use] };
      return presetMeetsSfa(use.preset) ? [alone, { level: 'sfa', factors: [use] }] : [alone];
    }
    const reached = levelsBeside(rule, use);
    const paired = passwords.flatMap((password) => reached.map((level) => ({ level, factors: [password, use] })));
    // A passkey that has checked its owner is two factors in one: what they have, and what they know or are.
    const isWhole = use.kind === 'passkey' && use.userVerified;
    return isWhole ? [...paired, ...['sfa' as const, ...reached].map((level) => ({ level, factors: [use] }))] : paired;
  });
}

/** One row of the table; the compiler cannot see that kind and row belong together. */
const levelsBeside = (rule: AssuranceRule, use: Exclude<FactorUse, { kind: 'password' }>): readonly Level[] =>
  (besidePassword[use.kind] as (rule: AssuranceRule, use: FactorUse) => readonly Level[])(rule, use);

/** In the order of `levels`. */
export function trueLevels(rule: AssuranceRule, factors: readonly FactorUse[]): readonly Level[] {
  const held = new Set(groundsOf(rule, factors).map(({ level }) => level));
  return levels.filter((level) => held.has(level));
}

/** The levels that some login could make true here: what is announced beyond them nobody could ever reach. */
export function reachableLevels(rule: AssuranceRule): readonly Level[] {
  const used = { at: 0, credentialId: '' };
  const passkeys = ['', ...rule.aal2By.passkeys].map(
    (aaguid) => ({ kind: 'passkey', ...used, userVerified: true, isSynced: false, aaguid }) as const,
  );
  const codes = (['totp', 'mail-code', 'recovery-code', 'temporary-pass', 'certificate'] as const).map((kind) => ({
    kind,
    ...used,
  }));
  return trueLevels(rule, [{ kind: 'password', at: 0, preset: 'default' }, ...codes, ...passkeys]);
}

/** Whether they tell who somebody is, so that no password need be asked for. */
export const identifies = (factors: readonly FactorUse[]): boolean =>
  factors.some((use) => use.kind === 'password' || (use.kind === 'passkey' && use.userVerified));

const oldestOf = (factors: readonly FactorUse[]): Instant => Math.min(...factors.map(({ at }) => at));

/**
 * auth_time and AuthnInstant: the time of the oldest factor relied on for this level; of several grounds the one that was
 * completed with the youngest factors. Without a level nothing is relied on but all that was used.
 * Undefined without a factor.
 */
export function authenticatedAt(
  rule: AssuranceRule,
  factors: readonly FactorUse[],
  level?: Level,
): Instant | undefined {
  if (factors.length === 0) return undefined;
  const grounds = groundsOf(rule, factors).filter((ground) => ground.level === level);
  return grounds.length === 0 ? oldestOf(factors) : Math.max(...grounds.map((ground) => oldestOf(ground.factors)));
}

/** In which they are written, whatever was given first. */
const references = ['pwd', 'otp', 'hwk', 'swk', 'user', 'sc', 'mfa'] as const;
type Reference = (typeof references)[number];

/**
 * RFC 8176 references of the factors used; `mfa` exactly when REFEDS MFA is true, so that nobody
 * who reads amr and nobody who reads acr is told another thing.
 */
export function methodReferences(rule: AssuranceRule, factors: readonly FactorUse[]): readonly string[] {
  const names = new Set(factors.flatMap(referencesOf));
  if (trueLevels(rule, factors).includes('mfa')) names.add('mfa');
  return references.filter((name) => names.has(name));
}

function referencesOf(use: FactorUse): readonly Reference[] {
  switch (use.kind) {
    case 'password':
      return ['pwd'];
    case 'totp':
    case 'mail-code':
    case 'recovery-code':
    case 'temporary-pass':
      return ['otp'];
    case 'passkey':
      return [use.isSynced ? 'swk' : 'hwk', ...(use.userVerified ? (['user'] as const) : [])];
    case 'certificate':
      return ['sc'];
  }
}
