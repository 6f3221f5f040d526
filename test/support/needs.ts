/**
 * What some tests need beyond npm. Where a machine lacks it the tests are left out under a mark in their title, from which
 * left-out-reporter.ts lists them at the end of the run: worker processes share nothing else with it.
 */
import { describe } from '@jest/globals';
import { findProgram, type Need } from './find-program.ts';

export const chromium: Need = findProgram('chromium', [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]);

/** The XML Security Library: another's reading of what we sign and encrypt. */
export const xmlsec1: Need = findProgram('xmlsec1', ['/usr/bin/xmlsec1']);

/** For what has to be put under a process: a disk that fails. Linux alone preloads it in this way. */
export const compiler: Need = process.platform === 'linux' ? findProgram('cc', []) : absent('cc');

/** A suite that runs where `need` is met and is listed as left out elsewhere. */
export function describeWith(need: Need, title: string, suite: () => void): void {
  if (need.isMet) describe(title, suite);
  else describe.skip(`${title} [needs ${need.name}]`, suite);
}

function absent(name: string): Need {
  return { name, isMet: false, path: name };
}
