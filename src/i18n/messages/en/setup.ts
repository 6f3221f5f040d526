/** The first administrator's password, and the words for every rule a password can break. */
import type { setup as jaSetup, PasswordProblemWords } from '../ja/setup.ts';

export const setup: typeof jaSetup = {
  heading: 'Set the first administrator’s password',
  lead: (loginName) => `Set a password for the administrator ${loginName}. This link works once.`,
  account: 'Administrator ID',
  submit: 'Set password',
  working: 'Setting the password…',
  doneHeading: 'The password is set',
  doneLead: (loginName) => `You can now log in as ${loginName}.`,
  logIn: 'Go to login',
};

export const passwordProblems: PasswordProblemWords = {
  too_short: ({ minimumLength }) => `Use at least ${minimumLength} characters.`,
  too_long: ({ maximumLength }) => `Use at most ${maximumLength} characters.`,
  needs_upper: () => 'Use at least one upper-case letter (A to Z).',
  needs_lower: () => 'Use at least one lower-case letter (a to z).',
  needs_digit: () => 'Use at least one digit (0 to 9).',
  only_alphanumeric: () => 'Use only letters and digits.',
  in_dictionary: () => 'Avoid words and patterns that are easy to guess.',
  contains_birth_date: () => 'Leave out your date of birth.',
  contains_name: () => 'Leave out your name.',
  contains_phone: () => 'Leave out your phone number.',
  contains_login_name: () => 'Leave out your ID.',
};
