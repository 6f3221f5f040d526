/** The page on which a person says "this was not me", and the trust in a browser. */
import type { notMe as japaneseNotMe, trustBrowser as japaneseTrust } from '../ja/not-me.ts';

export const notMe: typeof japaneseNotMe = {
  warnings: {
    new_device_sign_in: 'A login from a new device',
    password_changed: 'A change of the password',
    factor_added: 'A second factor was added',
    factor_removed: 'A second factor was removed',
    factors_reset: 'The second factors were reset at a desk',
    recovery_code_used: 'A recovery code was used',
    recovery_codes_renewed: 'New recovery codes were made',
    passkey_reversed: 'An odd use of a passkey',
  },
  heading: 'Was this not you?',
  account: 'ID',
  what: 'What',
  when: 'Time',
  lead: 'If it was not you, somebody else may be using your account. You can stop it at once with the button below.',
  effectsTitle: 'When you press it',
  effects: [
    'Every login ends, on all devices and at all services.',
    'Nobody can log in until the desk has seen you. Nor can you.',
    'To use the account again, you have to visit the desk with proof of your identity.',
  ],
  submit: 'Stop my account',
  working: 'Stopping…',
  harmless: 'If it was you, just close this page. Nothing changes.',
  doneHeading: 'Your account was stopped',
  doneLead: (loginName) => `Every login of ${loginName} has ended. Nobody can log in until the desk has seen you.`,
  nextTitle: 'What to do next',
  next: (desk) => [
    `Bring your student or staff card, or another proof of identity, to the ${desk}. You get a new password, set up your second factors anew, and the account is opened again.`,
    'If you use the same password anywhere else, change it there at once.',
    'Check your computer and phone for malware.',
    'If you notice that something was leaked or misused, tell the desk.',
  ],
  neverAsk: 'Nobody on the staff will ever ask for your password or a code.',
  desk: 'Desk',
};

export const trustBrowser: typeof japaneseTrust = {
  label: (days) => `Trust this browser for ${days} days`,
  hint: 'Until then you are not asked for a second factor here at services that allow it. Only on a device that nobody else uses.',
};
