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
  expired: 'This account has expired',
  expiredBody:
    'Your ID and password are correct, but your enrolment or term of use has ended, so you cannot log in. If you are still a member or need to go on using it, please apply at the desk. Please bring proof of identity.',
  connectionSuspended: (service) => `Login to ${service} is suspended`,
  connectionSuspendedHere: 'Login to this service is suspended',
  connectionSuspendedBody:
    'The connection with this service is suspended at present. Nothing is wrong with your account. The desk of the service can tell you when it will be back.',
  yourServices: 'Services for this account',
  back: (service) => `Back to ${service}`,
  backHere: 'Back to the service',
  toHome: 'To your services',
};
