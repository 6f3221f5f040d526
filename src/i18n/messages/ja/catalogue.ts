/** All page words in Japanese, by page area. Error codes have their own total map. */

import {
  account,
  accountActivity,
  accountFactor,
  accountFactors,
  accountPassword,
  accountSessions,
  activity,
} from './account.ts';
import { activate, activateRefused, newPassword } from './activate.ts';
import { certificate } from './certificate.ts';
import { desk, frame } from './frame.ts';
import { help } from './help.ts';
import { acceptTerms, chooseAccount, login, release, returning } from './login.ts';
import { logout } from './logout.ts';
import { enrolMail, mailCode } from './mail-code.ts';
import { notMe, trustBrowser } from './not-me.ts';
import { enrolPasskey, passkey } from './passkey.ts';
import { portal } from './portal.ts';
import { denied, problem } from './problems.ts';
import { chooseFactor, enrolFactor, factorKinds, keepRecoveryCodes, secondFactor } from './second-factor.ts';
import { passwordProblems, setup } from './setup.ts';
import { recoveryCode, recoveryCodesLeft, temporaryPass } from './stand-ins.ts';
import { code, enrolTotp, totp } from './totp.ts';

export const catalogue = {
  frame,
  desk,
  login,
  chooseAccount,
  acceptTerms,
  release,
  returning,
  secondFactor,
  factorKinds,
  chooseFactor,
  enrolFactor,
  keepRecoveryCodes,
  recoveryCode,
  recoveryCodesLeft,
  temporaryPass,
  code,
  certificate,
  passkey,
  enrolPasskey,
  totp,
  enrolTotp,
  mailCode,
  enrolMail,
  notMe,
  trustBrowser,
  portal,
  logout,
  problem,
  denied,
  help,
  setup,
  account,
  accountActivity,
  accountFactor,
  accountFactors,
  accountPassword,
  accountSessions,
  activity,
  activate,
  activateRefused,
  newPassword,
  passwordProblems,
};

export type Catalogue = typeof catalogue;
