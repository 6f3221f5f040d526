/** Client certificates: the page that asks for one, and why one was not accepted. */
import type { certificate as ja } from '../ja/certificate.ts';

export const certificate: typeof ja = {
  heading: 'Confirm with a client certificate',
  lead: 'The client certificate on this device (such as a UPKI client certificate) confirms that it is you.',
  how: 'Your browser shows a list of certificates when you press “Choose a certificate”.',
  choose: 'Choose a certificate',
  again: 'Choose a certificate again',
  found: (name) => `Certificate read: ${name}`,
  go: 'Continue with this certificate',
  other: 'To choose another certificate, close all windows of the browser first, and log in again.',
  throttled: (wait) => `Certificates are paused after several failed tries. Please wait about ${wait} and try again.`,
  notAtHand: 'If you cannot use a certificate',
  instead: 'I have a client certificate',
  problems: {
    none_sent: {
      title: 'No certificate was chosen.',
      hint: 'Check that a certificate is installed on this device. If the list of certificates does not appear, close all windows of the browser and log in again.',
    },
    expired: { title: 'This certificate has expired.', hint: 'Use a new certificate.' },
    not_yet_valid: {
      title: 'This certificate is not valid yet.',
      hint: 'Use a certificate that is valid today.',
    },
    revoked: { title: 'This certificate has been revoked.', hint: 'Use a new certificate.' },
    list_stale: {
      title: 'It cannot be checked just now whether certificates have been revoked.',
      hint: 'Nothing is wrong with your certificate. Try again later, or use another way.',
    },
    unfit: {
      title: 'This certificate cannot be used to log in.',
      hint: 'It was issued for another purpose.',
    },
    unknown_authority: {
      title: 'This certificate cannot be used to log in here.',
      hint: 'Use a certificate from an authority that the university accepts.',
    },
    other_account: {
      title: 'This certificate cannot be used for this account.',
      hint: 'Use a certificate that was issued for the account you are logging in to.',
    },
    taken_away: {
      title: 'This certificate was removed from the account.',
      hint: 'A newly issued certificate works at once. To use this one again, please ask the desk.',
    },
    lapsed: {
      title: 'Too much time has passed.',
      hint: 'Please choose the certificate again.',
    },
  },
  desk: 'If you need help, please contact this desk.',
  issuedTo: 'Issued to',
  ends: (day) => `Valid until ${day}`,
  removeNote:
    'Afterwards this certificate can no longer be used to log in, unless you ask the desk. A newly issued certificate works at once. Other devices that were logged in with it are logged out.',
};
