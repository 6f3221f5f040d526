/** Activation with a key on paper, and the two fields of a new password wherever one is set. */
import type {
  activate as jaActivate,
  newPassword as jaNewPassword,
  activateRefused as jaRefused,
} from '../ja/activate.ts';

export const activate: typeof jaActivate = {
  heading: 'Activate your account',
  step: (step, steps) => `Step ${step} of ${steps}`,
  lead: 'Enter the ID and the activation key printed on your account notice.',
  leadRenewal: 'If you forgot your password and were given a new activation key, you can set a new password here.',
  key: 'Activation key',
  keyHint: '20 characters. Capitals and hyphens make no difference.',
  next: 'Next',
  checking: 'Checking…',
  wrong: (kinds) => `The ${kinds.join(' / ')} or the activation key is not correct.`,
  wrongHint:
    'Please compare them with the notice. An activation key works once. If you were given a new one, enter the newest.',
  wrongDesk: (desk) => `If that does not help, please ask the ${desk}.`,
  slip: 'The activation key has a typing error.',
  slipHint:
    'Please compare it with the notice: a character may be missing or mistyped. The digits 0 and 1 and the letters A, B, E, G, I, L, O, S, U, V and Z never occur.',
  throttled: (wait) => `After several failures, please wait about ${wait} before you try again.`,
  throttledHint: 'The block ends by itself. If it is urgent, please ask the desk.',
  incomplete: 'Something is missing.',
  keyMissing: 'Enter your activation key.',
  helpTitle: 'If you cannot activate',
  noKey: 'No activation key, or it has expired',
  passwordHeading: 'Set your password',
  renewalHeading: 'Set a new password',
  passwordLead: 'Your activation key is correct. Once you set a password, you can log in straight away.',
  renewalLead:
    'Your activation key is correct. Setting a new password logs you out everywhere. Your multi-factor settings stay as they are.',
  account: 'ID',
  accept: 'I agree to the above',
  acceptNote: 'If you do not agree, please close this page. The activation key stays good until it expires.',
  notAccepted: 'Please read the terms and tick the box if you agree.',
  submit: 'Activate',
  submitRenewal: 'Set password',
  working: 'Setting the password…',
  doneHeading: 'Your account is active',
  renewedHeading: 'Your new password is set',
  doneLead: (loginName) => `You can now log in as ${loginName} with the password you set.`,
  renewedLead: 'You have been logged out everywhere.',
  keyUsed: 'The activation key cannot be used again.',
  again: 'This was completed before. If you had it open twice, the password you sent first is the one that was set.',
  logIn: 'Go to login',
  goOn: (service) => `Go on to ${service}`,
  restart: 'Start again',
};

export const activateRefused: typeof jaRefused = {
  key_expired: {
    heading: 'Your activation key has expired',
    body: 'The ID and the activation key are correct, but the key is too old to be used. The desk below issues a new one. Please bring proof of identity.',
  },
  key_gone: {
    heading: 'This activation key can no longer be used',
    body: 'In the meantime the key was used, or a new one took its place. If you activated the account on another page yourself, log in with the password you set there. If not, somebody else may have used it: please contact the desk at once.',
  },
  account_suspended: {
    heading: 'This account is suspended',
    body: 'The ID and the activation key are correct, but the account is suspended and cannot be activated. The desk can tell you why, and how to have it opened again. Please bring proof of identity.',
  },
  account_ended: {
    heading: 'This account has expired',
    body: 'The ID and the activation key are correct, but the account has passed its end and cannot be activated. If you are still a member, or need to go on using it, please go to the desk with proof of identity.',
  },
  not_found: {
    heading: 'The activation has timed out',
    body: 'Please start again with your ID and activation key. An activation that was begun in another browser cannot be continued here.',
  },
};

export const newPassword: typeof jaNewPassword = {
  password: 'New password',
  repeated: 'New password (again, to be sure)',
  rules: 'Rules for the password',
  alsoRefused: 'It must not be easy to guess, or contain your date of birth, name, phone number or ID.',
  met: 'Met:',
  allMet: 'All the rules that can be checked while you type are met.',
  refused: 'The password was not set.',
  missing: 'Enter a new password.',
  repeatedDiffers: 'The two entries differ. Please enter them again.',
};
