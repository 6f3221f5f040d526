/** Codes that are mailed to a notification address, and registering such an address. */
import type { enrolMail as jaEnrolMail, mailCode as jaMailCode } from '../ja/mail-code.ts';

export const mailCode: typeof jaMailCode = {
  heading: 'Enter the code from your mail',
  sent: (address) => `An 8-digit code is on its way to ${address}. Please enter it.`,
  sentAnew: (address) => `A new code is on its way to ${address}. Please enter the one in the newest mail.`,
  notSent: (address) => `An 8-digit code goes to ${address}.`,
  validFor: (wait) => `It can be used for ${wait} more.`,
  wrongHint: (tries) =>
    `You can try ${tries} more ${tries === '1' ? 'time' : 'times'}. Please look at the 8 digits in the newest mail.`,
  lapsed: 'This code cannot be used any more.',
  lapsedHint: 'It is too old, or there were too many wrong tries. Please have a new code sent.',
  tooSoon: (wait) => `The next mail can be sent in ${wait}.`,
  late: 'The mail is late.',
  lateHint: 'It may take a while to arrive. If it is urgent, please use another way.',
  failed: 'The mail could not be sent.',
  failedHint: 'This address may not exist any more. Please use another way, or ask the desk.',
  notArrived: 'If the mail does not arrive',
  notArrivedWait: (wait) => `If the mail does not arrive (can be sent again in ${wait})`,
  notArrivedHint: 'It may take a few minutes. Please look into your spam folder, too.',
  refresh: 'See whether it was sent',
  sendFirst: 'Send a code',
  sendAnother: 'Send a new code',
  sendTo: (address) => `Send to ${address}`,
  sendAgainLater: (wait) => `Another one can be sent in ${wait}.`,
  sendLater: (wait) => `Many codes were sent already. The next one can be sent in ${wait}.`,
  noMore: 'No more codes can be sent in this login. Please start again, or use another way.',
  sending: 'Sending…',
  notAtHand: 'If you cannot read your mail',
};

export const enrolMail: typeof jaEnrolMail = {
  heading: 'Register a notification address',
  lead: 'Enter the mail address at which you want to receive 8-digit codes when you log in. We send a code there to confirm it.',
  label: 'Mail address',
  example: 'Example: taro@example.com',
  notOwn: (domains) => `Addresses of the university (${domains.map((domain) => `@${domain}`).join(', ')}) do not work.`,
  ownDomain: 'An address of the university does not work here.',
  ownDomainHint:
    'Mail of the university is opened by the same password: whoever learns it could read the codes, too. Please enter an address elsewhere.',
  notAnAddress: 'This is not a mail address.',
  used: 'You have registered this address already.',
  usedHint: 'To add one, please enter another address.',
  missing: 'Enter a mail address.',
  submit: 'Send a code',
  sent: (address) => `An 8-digit code is on its way to ${address}. Enter it to register the address.`,
  sentAnew: (address) =>
    `A new code is on its way to ${address}. Enter the one in the newest mail to register the address.`,
  confirm: 'Register',
  change: 'Change the address',
  noMore: 'No more codes can be sent in this login.',
  noMoreHint: 'Please start again, or set up another way.',
};
