/**
 * Which passwords may be set. A preset gives length and alphabet; every preset refuses what is guessed first:
 * dictionary words, and the person's own birth date, name, phone number and login name.
 */
import { guessedWithin } from './dictionary.ts';

export const passwordPresets = ['default', 'kyoto', 'kyoto-2017'] as const;
export type PasswordPreset = (typeof passwordPresets)[number];

export type PasswordProblem =
  | 'too_short'
  | 'too_long'
  | 'needs_upper'
  | 'needs_lower'
  | 'needs_digit'
  | 'only_alphanumeric'
  | 'in_dictionary'
  | 'contains_birth_date'
  | 'contains_name'
  | 'contains_phone'
  | 'contains_login_name';

interface PresetRule {
  readonly shortest: number;
  readonly longest: number;
  /** What a password must look like, beside its length. */
  readonly patterns: readonly (readonly [PasswordProblem, RegExp])[];
  /** REFEDS SFA 1.0, 4.1: at least 12 characters of an alphabet of 52, or 8 of one of 72. */
  readonly meetsSfa: boolean;
}

const threeClasses: PresetRule['patterns'] = [
  ['needs_upper', /[A-Z]/],
  ['needs_lower', /[a-z]/],
  ['needs_digit', /[0-9]/],
];

const presets: Readonly<Record<PasswordPreset, PresetRule>> = {
  default: { shortest: 12, longest: 128, patterns: [], meetsSfa: true },
  kyoto: { shortest: 12, longest: 16, patterns: threeClasses, meetsSfa: true },
  'kyoto-2017': {
    shortest: 8,
    longest: 16,
    patterns: [['only_alphanumeric', /^[A-Za-z0-9]*$/]],
    meetsSfa: false,
  },
};

/** What is known of the person whose password it is to be. */
export interface PasswordOwner {
  readonly loginName: string;
  /** Family, given, in every script and romanised. */
  readonly names: readonly string[];
  readonly birthDate?: string;
  readonly phone?: string;
}

/** Half-width for full-width, composed for decomposed: a password typed on another keyboard is the same password. */
export const canonicalPassword = (typed: string): string => typed.normalize('NFKC');

export const presetMeetsSfa = (preset: PasswordPreset): boolean => presets[preset].meetsSfa;

export const passwordLengths = (preset: PasswordPreset): { readonly shortest: number; readonly longest: number } =>
  presets[preset];

/**
 * What a preset asks, in the order in which it is explained, as regular expressions (flags `su`) that the canonical form
 * must match: a page can look while it is typed. What every preset refuses beside that, judgePassword tells.
 */
export function passwordPatterns(preset: PasswordPreset): ReadonlyMap<PasswordProblem, string> {
  const { shortest, longest, patterns } = presets[preset];
  return new Map<PasswordProblem, string>([
    ['too_short', `^.{${shortest},}$`],
    ['too_long', `^.{0,${longest}}$`],
    ...patterns.map(([problem, { source }]) => [problem, source] as const),
  ]);
}

/** Everything that speaks against the password, in the order in which the rule is explained; empty: it may be set. */
export async function judgePassword(
  preset: PasswordPreset,
  typed: string,
  owner: PasswordOwner,
): Promise<readonly PasswordProblem[]> {
  const rule = presets[preset];
  const password = canonicalPassword(typed);
  const length = [...password].length;
  const problems: PasswordProblem[] = [];
  if (length < rule.shortest) problems.push('too_short');
  if (length > rule.longest) problems.push('too_long');
  for (const [problem, pattern] of rule.patterns) if (!pattern.test(password)) problems.push(problem);
  problems.push(...ownProblems(password, owner));
  // The estimate is quadratic in length: what is too long is refused already, and is not measured.
  if (length <= rule.longest && (await isGuessable(password))) problems.push('in_dictionary');
  return problems;
}

/** Fewer than 10^8 guesses in dictionary order: within reach of an attacker who guesses online for weeks. */
const isGuessable = async (password: string): Promise<boolean> => (await guessedWithin(password)) < 8;

function ownProblems(password: string, owner: PasswordOwner): readonly PasswordProblem[] {
  const text = password.toLowerCase();
  const digits = password.replace(/\D/g, '');
  const problems: PasswordProblem[] = [];
  if (birthDateForms(owner.birthDate).some((form) => digits.includes(form))) problems.push('contains_birth_date');
  const isNamed = owner.names.some(
    (name) => [...name].length >= 2 && text.includes(name.toLowerCase()) && isTelling(name),
  );
  if (isNamed) problems.push('contains_name');
  const phone = (owner.phone ?? '').replace(/\D/g, '');
  if (phone.length >= 8 && digits.includes(phone.slice(-8))) problems.push('contains_phone');
  if (owner.loginName.length >= 4 && text.includes(owner.loginName.toLowerCase())) problems.push('contains_login_name');
  return problems;
}

/** Two Latin letters ("Li") occur in ordinary words by chance; two characters of another script do not. */
const isTelling = (name: string): boolean => [...name].length >= 3 || !/^[\p{ASCII}]*$/u.test(name);

function birthDateForms(birthDate: string | undefined): readonly string[] {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate ?? '');
  if (!match) return [];
  const [, year = '', month = '', day = ''] = match;
  const short = year.slice(2);
  return [`${year}${month}${day}`, `${short}${month}${day}`, `${day}${month}${year}`, `${month}${day}${year}`];
}
