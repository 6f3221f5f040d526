/** The pages of a login in progress. */
import type {
  acceptTerms as jaAcceptTerms,
  chooseAccount as jaChooseAccount,
  login as jaLogin,
  release as jaRelease,
  returning as jaReturning,
} from '../ja/login.ts';

export const login: typeof jaLogin = {
  headingFor: (service) => `Log in to ${service}`,
  headingHere: (system) => `Log in to the ${system}`,
  headingAgain: 'Please log in again',
  kindsJoined: (kinds) => kinds.join(' or '),
  usernameLabel: (kinds) => kinds.join(' or '),
  example: (examples) => `Example: ${examples.join(', ')}`,
  password: 'Password',
  showPassword: 'Show password',
  capsLock: 'Caps Lock is on.',
  submit: 'Log in',
  working: 'Logging in…',
  cancel: 'Go back without logging in',
  wrong: (kinds) => `The ${kinds.join(' or ')} or the password is not correct.`,
  wrongHint:
    'Please check upper and lower case, and Caps Lock. If the account has not been activated yet, activate it first.',
  wrongDesk: (desk) => `If this does not help, please ask ${desk}.`,
  activationLink: 'First time here (activate your account)',
  throttled: (wait) => `Login is paused after several failed tries. Please wait about ${wait} and try again.`,
  throttledHint: 'The pause ends by itself. If it is urgent, please ask the help desk.',
  incomplete: 'Something is missing.',
  usernameMissing: (kinds) => `Enter your ${kinds.join(' or ')}.`,
  passwordMissing: 'Enter your password.',
  againFor: (loginName) =>
    `We need to confirm that you are the owner of ${loginName}. Please enter your password again.`,
  forgotId: (kinds) => `Forgot your ${kinds.join(' or ')}`,
  forgotPassword: 'Forgot your password',
  helpTitle: 'If you cannot log in',
};

export const chooseAccount: typeof jaChooseAccount = {
  heading: 'Choose an account',
  lead: (service) => `Which account do you want to use for ${service}?`,
  leadHere: 'Which account do you want to use?',
  another: 'Log in with another account',
};

export const acceptTerms: typeof jaAcceptTerms = {
  lead: 'Please read this before you go on.',
  version: (version) => `Version: ${version}`,
  readAll: 'Read the full text',
  accept: 'Agree and continue',
  decline: 'Do not agree',
  declineNote: 'If you do not agree, you will not be logged in.',
};

export const release: typeof jaRelease = {
  heading: (service) => `What will be sent to ${service}`,
  lead: (service) => `When you log in, the following is sent to ${service}.`,
  noneSent: 'Nothing is sent but the fact that you have logged in.',
  once: 'You are asked the first time, and when what is sent changes.',
  always: 'You are asked at every login.',
  allow: 'Send and continue',
  deny: 'Cancel, send nothing',
  denyNote: 'If you cancel, you cannot use this service.',
  empty: '(none)',
};

export const returning: typeof jaReturning = {
  heading: (service) => `Returning to ${service}`,
  lead: 'Please wait. If nothing happens, press the button.',
  go: (service) => `Go to ${service}`,
};
