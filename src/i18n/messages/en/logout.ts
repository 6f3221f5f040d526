/** Asking before logging out, what is said while services are told, and after. */
import type { logout as jaLogout } from '../ja/logout.ts';

export const logout: typeof jaLogout = {
  heading: 'Log out?',
  asked: (service) => `You have logged out of ${service}. Do you want to log out of the whole university system too?`,
  lead: 'After logging out, you will need to log in again the next time you use a service.',
  services: 'Services used in this login',
  servicesNote: 'The next page shows, for each service, whether you are logged out there.',
  sharedDevice: 'Always log out on a shared computer.',
  confirm: 'Log out',
  stay: 'Stay logged in',
  doneHeading: 'You have logged out',
  doneLead: 'On a shared computer, please close all browser windows too.',
  backTo: (service) => `Back to ${service}`,
  logInAgain: 'Log in again',
  standing: {
    under_way: 'You are being logged out of the services you used, too. Please wait.',
    whole: 'You are logged out of every service you used.',
    told: 'The services you used have been told that you logged out.',
    lacking: 'For some services, the log-out could not be confirmed.',
  },
  states: {
    done: 'Logged out',
    asker: 'The log-out began here',
    waiting: 'Not confirmed yet',
    asked: 'Waiting for an answer',
    silent: 'Told (it gives no answer)',
    failed: 'Could not be confirmed',
    retried: 'Could not be told (we will keep trying)',
    untold: 'Please log out in the service itself',
  },
  goThere: 'Log out at the service',
  again: 'Tell it again',
  next: 'Log out of the next service',
  refresh: 'Show the current state',
  frameOf: (service) => `Log-out of ${service}`,
};
