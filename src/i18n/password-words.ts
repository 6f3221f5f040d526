/** The password rule in sentences: to explain it beforehand, and to say what is wrong with a password. */
import type { Locale } from '../base/locale.ts';
import { type PasswordPreset, type PasswordProblem, passwordLengths } from '../core/credentials/password-rule.ts';
import { passwordProblems as en } from './messages/en/setup.ts';
import { passwordProblems as ja } from './messages/ja/setup.ts';

const catalogues = { ja, en };

export function passwordSentence(problem: PasswordProblem, preset: PasswordPreset, locale: Locale): string {
  const { shortest, longest } = passwordLengths(preset);
  return catalogues[locale][problem]({ minimumLength: String(shortest), maximumLength: String(longest) } as never);
}
