/** What every page has around it. */
import type { desk as jaDesk, frame as jaFrame } from '../ja/frame.ts';

export const frame: typeof jaFrame = {
  skipToContent: 'Skip to content',
  helpDesk: 'Contact',
  rules: 'Terms of use',
  help: 'Help',
  logOut: 'Log out',
  signedInAs: (name, loginName) => `${name} (${loginName})`,
  errorPrefix: 'Error',
  pleaseWait: 'Please wait…',
};

/** A help desk, wherever one is shown. */
export const desk: typeof jaDesk = {
  place: 'Place',
  hours: 'Hours',
  phone: 'Phone',
  mail: 'Mail',
  map: 'Map',
};
