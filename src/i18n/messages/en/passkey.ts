/** Passkeys: signing in with one, as second factor, making one. */
import type { enrolPasskey as jaEnrolPasskey, passkey as jaPasskey } from '../ja/passkey.ts';

export const passkey: typeof jaPasskey = {
  heading: 'Confirm with your passkey',
  lead: 'Follow your device and confirm with your fingerprint, face or screen lock.',
  or: 'or',
  logIn: 'Log in with a passkey',
  confirm: 'Use your passkey',
  waiting: 'Waiting for your device…',
  notAtHand: 'If you cannot use your passkey',
  cancelled: 'Your passkey was not confirmed.',
  cancelledHint: 'Please try again.',
  failed: 'Your passkey could not be checked.',
  failedHint: 'Try again, or use another way.',
  unknown: 'This passkey is not registered here.',
  unknownHint: 'It may have been removed. Log in with your password, or use another passkey.',
  reversed: 'You cannot log in with this passkey.',
  reversedHint: (desk) =>
    `It may have been copied and used elsewhere. Log in another way and remove this passkey. If you do not know why, contact the ${desk}.`,
  unsupported: 'This browser cannot use passkeys.',
  unsupportedHint: 'Use another way, or try a newer browser.',
  needsScript: 'To use a passkey, turn on JavaScript in your browser.',
};

export const enrolPasskey: typeof jaEnrolPasskey = {
  heading: 'Create a passkey',
  lead: 'From your next login on, your fingerprint, face or screen lock is all you need. No password to type.',
  staysThere: 'Your fingerprint and face never leave your device.',
  elsewhere: 'Saved on your phone or in a password manager, it may also work on your other devices.',
  notShared: 'Do not create one on a device that others use, such as a university terminal.',
  create: 'Create a passkey',
  working: 'Creating…',
  unnamed: 'Passkey',
  cancelled: 'No passkey was created.',
  cancelledHint: 'Try again, or set up something else.',
  registered: 'There is a passkey of this account in that place already.',
  registeredHint: 'Choose another place to save it, or set up something else.',
  unable: 'This device cannot create a passkey.',
  unableHint: 'Set up a screen lock (PIN, fingerprint, face) and try again, or set up something else.',
  notAccepted: 'The university does not accept this kind of passkey.',
  notAcceptedHint: 'Choose another place to save it, or set up something else.',
  unsupportedHint: 'Set up something else, or try a newer browser.',
};
