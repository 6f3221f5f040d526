/** The error page's frame, and the refusals that are nobody's error. */
import type { denied as jaDenied, problem as jaProblem } from '../ja/problems.ts';

export const problem: typeof jaProblem = {
  incident: 'Reference number',
  incidentHint: 'Please read this number out when you ask for help.',
  desk: 'Who can help',
  toStart: 'To the start page',
  detail: 'For the people who run the service',
  code: 'Kind',
};

export const denied: typeof jaDenied = {
  notForYou: (service) => `${service} cannot be used with this account`,
  notForYouHere: 'This account cannot be used here',
  audience: (service, audience) => `${service} is for ${audience}.`,
  noAudience: 'Your login was correct, but this service is not meant for this account.',
  notForYouHint: 'If you should be able to use it, please ask the desk below.',
  suspended: 'This account is suspended',
  suspendedBody:
    'Your ID and password are correct, but this account is suspended at present, so you cannot log in. The desk will tell you why and how to have it restored. Please bring proof of identity.',
  reported: 'This account was stopped at its owner’s request',
  reportedBody:
    'Somebody with access to your mail told us that something was not you, so the account was stopped. Nobody can log in until the desk has seen you. Bring your student or staff card, or another proof of identity, to the desk below.',
  expired: 'This account has expired',
  expiredBody:
    'Your ID and password are correct, but your enrolment or term of use has ended, so you cannot log in. If you are still a member or need to go on using it, please apply at the desk. Please bring proof of identity.',
  enrolmentClosed: 'A second factor has to be set up',
  enrolmentClosedBody: (service) =>
    `Your password is correct. ${service} requires a second factor, and this account has none that can be used.`,
  enrolmentClosedBodyHere:
    'Your password is correct. A second factor is required to go on, and this account has none that can be used.',
  enrolmentClosedWhy:
    'So that nobody who has learned your password can set up a second factor in your place, a desk has to see you first.',
  otherFactor: 'None of your ways to confirm that it is you will do',
  otherFactorBody: (service) =>
    `${service} requires a stronger second factor than those that are set up for this account.`,
  otherFactorBodyHere: 'A stronger second factor is required than those that are set up for this account.',
  otherFactorAdd: 'You can confirm with what you have and add another, such as a passkey. Then log in again.',
  add: 'Add another',
  unreachable: 'A stronger log-in is needed here',
  unreachableBody: 'Your login was correct, but nothing that this account can use would be enough for this page.',
  unreachableHint: 'If you need this page, please ask the desk below.',
  visitTitle: 'What to do at the desk',
  visitDesk: (desk) => `Please visit the ${desk}. Requests by telephone or e-mail are not accepted.`,
  visitDocuments: 'Bring these two documents:',
  visitForm: 'the application form for multi-factor authentication (the desk has copies)',
  visitIdentity:
    'proof of identity (student or staff card, driving licence, My Number card, residence card or the like)',
  visitThen:
    'When the desk has checked who you are, it gives you a temporary pass. Log in with the pass to set up a second factor.',
  visitPlace: 'Where the desk is, and when',
  connectionSuspended: (service) => `Login to ${service} is suspended`,
  connectionSuspendedHere: 'Login to this service is suspended',
  connectionSuspendedBody:
    'The connection with this service is suspended at present. Nothing is wrong with your account. The desk of the service can tell you when it will be back.',
  yourServices: 'Services for this account',
  back: (service) => `Back to ${service}`,
  backHere: 'Back to the service',
  toHome: 'To your services',
};
