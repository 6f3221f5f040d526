/** Codes of digits, wherever one is typed; the code of an authenticator app, and setting such an app up. */
import type { code as jaCode, enrolTotp as jaEnrolTotp, totp as jaTotp } from '../ja/totp.ts';

export const code: typeof jaCode = {
  label: 'Code',
  submit: 'Next',
  checking: 'Checking…',
  throttled: (wait) => `Codes are paused after several failed tries. Please wait about ${wait} and try again.`,
  throttledHint: 'If it is urgent, use another way or ask the desk.',
  wrong: 'The code is not correct.',
  incomplete: (digits) => `Enter the ${digits} digits.`,
};

export const totp: typeof jaTotp = {
  heading: 'Enter the code of your authenticator app',
  lead: 'Enter the 6-digit code that your authenticator app shows.',
  apps: (names) => `Your authenticator apps: ${names.join(', ')}`,
  wrongHint: 'The code changes every 30 seconds. Please enter the one shown now.',
  wrongClock: 'If it keeps failing, check that your phone sets its date and time automatically.',
  used: 'This code has been used already.',
  usedHint: 'Each code works once. The next one appears within 30 seconds: please enter that one.',
  notAtHand: 'If you cannot use the app',
  unnamed: 'Authenticator app',
};

export const enrolTotp: typeof jaEnrolTotp = {
  heading: 'Set up an authenticator app',
  install: 'Have an authenticator app ready.',
  installHint:
    'Google Authenticator, Microsoft Authenticator or any other that you use already. If you have none, install one on your phone.',
  scan: 'In the app, choose to add an account and scan this QR code.',
  qrCode: 'QR code for the authenticator app',
  open: 'Add to the app on this phone',
  openHint: 'If you are reading this on the phone itself.',
  noScan: 'If you cannot scan the QR code',
  typeKey: 'In the app, choose to enter the key by hand, and type the following. The type is “time-based”.',
  issuer: 'Issuer',
  account: 'Account',
  key: 'Key',
  keepSecret: 'Let nobody see the QR code or the key.',
  confirm: 'Enter the 6-digit code that the app shows.',
  name: 'A name for this app',
  nameHint: 'It tells this app from others, if you use several. You can leave it as it is.',
  submit: 'Set up',
  working: 'Setting up…',
  wrongHint:
    'Please enter the code that the app shows now. There is no need to scan the QR code again. Check also that your phone sets its date and time automatically.',
};
