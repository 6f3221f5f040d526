/** What somebody can do who cannot log in. */
import type { help as jaHelp } from '../ja/help.ts';

export const help: typeof jaHelp = {
  heading: 'If you cannot log in',
  lead: 'What you can do now, and who helps.',
  contents: 'On this page',
  forgotId: 'Forgot your ID',
  forgotIdBody: [
    'Your ID is printed on the account notice that you received when you joined the university.',
    'A computer or phone on which you have logged in before may have saved it in the browser.',
    'If you cannot find it, please bring your student or staff card to the desk.',
  ],
  forgotPassword: 'Forgot your password',
  forgotPasswordBody: [
    'Nobody can look up your password. You need a new activation key, with which you set a new password.',
    'Please bring proof of identity to the desk, where the key is issued. It cannot be done by phone or mail.',
    'If you have a new account notice, for example on entering graduate school, its activation key works too.',
  ],
  activation: 'First time here (activate your account)',
  activationBody: [
    'Have your account notice ready: it shows your ID and an activation key of 20 characters.',
    'Under “Activate your account”, enter both, read the terms of use and set a password. You can log in straight away.',
    'The key works once. If it has expired, or you cannot find the notice, bring proof of identity to the desk for a new one.',
  ],
  toActivation: 'Activate your account',
  toNewPassword: 'Set a new password with a new activation key',
  neverAsk: 'The desk never asks for your password.',
  desks: 'Help desks',
  deskFor: (kind) => `For ${kind}`,
  example: (example) => `Example: ${example}`,
  backToLogin: 'Use the Back button of your browser to return to the login page.',
};
