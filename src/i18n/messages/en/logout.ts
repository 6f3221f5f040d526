/** Asking before logging out, and what is said after. */
import type { logout as jaLogout } from '../ja/logout.ts';

export const logout: typeof jaLogout = {
  heading: 'Log out?',
  asked: (service) => `You have logged out of ${service}. Do you want to log out of the whole university system too?`,
  lead: 'After logging out, you will need to log in again the next time you use a service.',
  services: 'Services used in this login',
  servicesNote: 'Some services need their own log-out as well.',
  sharedDevice: 'Always log out on a shared computer.',
  confirm: 'Log out',
  stay: 'Stay logged in',
  doneHeading: 'You have logged out',
  doneLead: 'On a shared computer, please close all browser windows too.',
  backTo: (service) => `Back to ${service}`,
  logInAgain: 'Log in again',
};
