/** The portal, signed in and signed out. */
import type { portal as jaPortal } from '../ja/portal.ts';

export const portal: typeof jaPortal = {
  welcomeHeading: (university) => `One login for the services of ${university}`,
  welcomeLead: (system, kinds) =>
    `The ${system} is the common login of the university's online services. Log in once with your ${kinds} and password, then use the other services without logging in again.`,
  logIn: 'Log in',
  firstTime: 'First time here',
  firstTimeBody: 'Activate your account and set a password with the ID and the activation key on your account notice.',
  firstTimeLink: 'Activate your account',
  trouble: 'Cannot log in',
  troubleBody: 'What to do when you have forgotten your ID or password, and who helps.',
  forgotIdLink: 'Forgot your ID',
  forgotPasswordLink: 'Forgot your password',
  owners: 'Running a service',
  ownersBody: 'If you want your university service to use this login, please ask the desk.',
  homeHeading: 'Services',
  greeting: (name) => `Hello, ${name}.`,
  count: (count) => (count === '1' ? 'There is 1 service for you.' : `There are ${count} services for you.`),
  searchLabel: 'Find a service',
  searchHint: 'Part of the name or description.',
  search: 'Search',
  clear: 'Clear the search',
  found: (query, count) => (count === '1' ? `1 service matches “${query}”.` : `${count} services match “${query}”.`),
  foundNone: (query) => `No service matches “${query}”.`,
  foundNoneHint: 'Please try another word.',
  showAll: (count) => `Show all ${count}`,
  empty: 'There are no services for you yet.',
  emptyHint:
    'Just after you have joined the university this can take a while. If nothing appears by tomorrow, please ask the desk.',
  askDesk: 'Help desk',
};
