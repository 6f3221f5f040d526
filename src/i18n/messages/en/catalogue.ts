/** All page words in English, in the shape that Japanese gives, by page area. Error codes have their own total map. */

import type { Catalogue } from '../ja/catalogue.ts';
import { desk, frame } from './frame.ts';
import { help } from './help.ts';
import { acceptTerms, chooseAccount, login, release, returning } from './login.ts';
import { logout } from './logout.ts';
import { portal } from './portal.ts';
import { denied, problem } from './problems.ts';
import { passwordProblems, setup } from './setup.ts';
export const catalogue: Catalogue = {
  frame,
  desk,
  login,
  chooseAccount,
  acceptTerms,
  release,
  returning,
  portal,
  logout,
  problem,
  denied,
  help,
  setup,
  passwordProblems,
};
