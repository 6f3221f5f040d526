/** The second factor: why it is asked for, choosing one, setting one up in the middle of a login. */
import type {
  chooseFactor as jaChooseFactor,
  enrolFactor as jaEnrolFactor,
  factorKinds as jaFactorKinds,
  keepRecoveryCodes as jaKeepRecoveryCodes,
  secondFactor as jaSecondFactor,
} from '../ja/second-factor.ts';

export const secondFactor: typeof jaSecondFactor = {
  because: {
    connection: (service) => `${service} requires a second factor.`,
    policy: (service) => `The university’s rules require a second factor from you for ${service}.`,
    outside: (service) => `Outside the university network, ${service} requires a second factor.`,
    network: (service) => `From the network that you are in, ${service} requires a second factor.`,
    new_browser: (service) =>
      `${service} requires a second factor, because you have not used one in this browser before.`,
    service_asked: (service) => `${service} asks for a second factor in this login.`,
    service_wishes: (service) => `${service} would like you to log in with a second factor.`,
  },
  becauseHere: 'A second factor is needed to make sure that it is you.',
  another: 'Use another way',
  setUpAnother: 'Set up something else',
};

export const factorKinds: typeof jaFactorKinds = {
  passkey: { name: 'Passkey', use: 'Your fingerprint, face or screen lock' },
  certificate: { name: 'Client certificate', use: 'The certificate on this device' },
  totp: { name: 'One-time password (authenticator app)', use: 'Six digits that the app shows' },
  'mail-code': { name: 'Code by e-mail (notification address)', use: 'Eight digits sent to you by e-mail' },
  'recovery-code': { name: 'Recovery code', use: 'One of the codes that you have kept' },
  'temporary-pass': { name: 'Temporary pass', use: 'The code that a desk gave you' },
};

export const chooseFactor: typeof jaChooseFactor = {
  heading: 'Choose how to confirm that it is you',
  lastUsed: (day) => `Last used: ${day}`,
  skip: 'Go on without a second factor',
  skipNote: (service) => `Without a second factor, some functions of ${service} may not be available.`,
  skipNoteHere: 'Without a second factor, some functions may not be available.',
  lostTitle: 'If you can use none of these',
  lost: (desk) =>
    `If you have lost your phone, or your app no longer works after a change of phone, please visit the ${desk}. When it has checked who you are, your second factor is set up anew.`,
  lostDocuments:
    'Bring the application form (the desk has copies) and proof of identity such as your student or staff card.',
};

export const enrolFactor: typeof jaEnrolFactor = {
  heading: 'Set up a second factor',
  lead: 'Choose one to use together with your password. When it is set up, your login goes on. You can add others or change it later.',
  leadAdding: 'Choose what to add.',
  recommended: 'Recommended',
  good: {
    passkey: 'Your fingerprint, face or screen lock. No code to type, and no false site can trick you.',
    totp: 'Six digits from an app on your phone. Works without a network.',
    'mail-code': 'Eight digits sent to an address outside the university. No app needed.',
  },
};

export const keepRecoveryCodes: typeof jaKeepRecoveryCodes = {
  heading: 'Keep your recovery codes',
  lead: 'If your phone is lost or broken and you cannot use your second factor, these codes let you log in. Each works once.',
  once: 'They are shown this once only. Print them or save them to a file, and keep them somewhere other than on your phone.',
  codes: 'Recovery codes',
  download: 'Save to a file',
  print: 'Print',
  fileTitle: (system, loginName) => `${system}: recovery codes (${loginName})`,
  fileNote: 'Each code works once. Show them to nobody.',
  kept: 'I have kept them: next',
};
