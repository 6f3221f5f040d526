/** What stands in for a second factor that is not at hand: recovery codes, and the pass that a desk gives. */
import type {
  recoveryCode as jaRecoveryCode,
  recoveryCodesLeft as jaRecoveryCodesLeft,
  temporaryPass as jaTemporaryPass,
} from '../ja/stand-ins.ts';

export const recoveryCode: typeof jaRecoveryCode = {
  heading: 'Enter a recovery code',
  lead: 'Enter one of the recovery codes that you have kept and not used yet.',
  label: 'Recovery code',
  hint: 'Example: 2C4D-5F6H-7J8K (hyphens may be left out; capital or small letters)',
  missing: 'Enter a recovery code.',
  wrong: 'The recovery code is not correct.',
  wrongHint: 'Each code works once. If you have made new codes, none of the old ones works any more.',
  notAtHand: 'If you have no recovery code at hand',
};

export const recoveryCodesLeft: typeof jaRecoveryCodesLeft = {
  heading: 'You have used a recovery code',
  left: (count) =>
    count === 1
      ? 'You have one left. Cross out the code that you have used.'
      : `You have ${count} left. Cross out the code that you have used.`,
  none: 'You have no recovery codes left.',
  few: 'There are few left.',
  makeNew: 'When you are logged in, make new ones on the page about your second factors.',
  lost: 'If you have lost or changed your phone: when you are logged in, remove what you cannot use any more from your second factors, and add something new.',
  address: 'Your second factors:',
  next: 'Next',
};

export const temporaryPass: typeof jaTemporaryPass = {
  heading: 'Enter your temporary pass',
  lead: 'Enter the temporary pass that the desk gave you.',
  until: (time) => `It can be used until ${time}.`,
  label: 'Temporary pass',
  hint: 'Example: 2C4D-5F6H (the hyphen may be left out; capital or small letters)',
  missing: 'Enter your temporary pass.',
  wrong: 'The temporary pass is not correct.',
  wrongHint: 'If you were given a new one, the one before does not work any more.',
  lapsed: 'The temporary pass has expired.',
  lapsedHint: (desk) => `Please ask the ${desk} for a new one.`,
  notAtHand: 'If you cannot use the pass',
};
