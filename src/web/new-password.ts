/** The two fields of a new password with their rule: one part of a page, wherever a password is set. */
import type { Locale } from '../base/locale.ts';
import {
  canonicalPassword,
  type PasswordPreset,
  type PasswordProblem,
  passwordPatterns,
} from '../core/credentials/password-rule.ts';
import { passwordSentence } from '../i18n/password-words.ts';
import { words } from '../i18n/words.ts';
import type { Form } from './page.ts';
import type { NewPasswordModel } from './view-parts.ts';

export type NewPasswordProblem = PasswordProblem | 'missing' | 'repeated_differs';

export function newPasswordModel(
  preset: PasswordPreset,
  locale: Locale,
  problems: readonly NewPasswordProblem[] = [],
): NewPasswordModel {
  const { newPassword } = words(locale);
  const demands = [...passwordPatterns(preset)].map(([demand, pattern]) => ({
    text: passwordSentence(demand, preset, locale),
    pattern,
  }));
  return {
    demands,
    problems: problems.map((problem) => {
      if (problem === 'repeated_differs') return { field: 'repeated', text: newPassword.repeatedDiffers };
      const text = problem === 'missing' ? newPassword.missing : passwordSentence(problem, preset, locale);
      return { field: 'password', text };
    }),
  };
}

/** What was typed twice, or what is wrong with that before any rule is asked. */
export function readNewPassword(form: Form): { readonly password: string } | { readonly problem: NewPasswordProblem } {
  const password = form('password');
  if (password === '') return { problem: 'missing' };
  if (canonicalPassword(password) !== canonicalPassword(form('repeated'))) return { problem: 'repeated_differs' };
  return { password };
}
