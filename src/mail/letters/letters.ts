/** Every mail has a letter in both languages: one that lacks does not compile. */
import type { Locale } from '../../base/locale.ts';
import type { Mail } from '../../core/notices/content.ts';
import type { Letter, LetterFrame, LetterWriter } from '../letter.ts';
import { accountLocked } from './account-locked.ts';
import { accountSuspended } from './account-suspended.ts';
import { confirmAddress } from './confirm-address.ts';
import { factorAdded } from './factor-added.ts';
import { factorRemoved } from './factor-removed.ts';
import { factorsReset } from './factors-reset.ts';
import { newDeviceSignIn } from './new-device-sign-in.ts';
import { passkeyReversed } from './passkey-reversed.ts';
import { passwordChanged } from './password-changed.ts';
import { recoveryCodeUsed } from './recovery-code-used.ts';
import { recoveryCodesRenewed } from './recovery-codes-renewed.ts';
import { signInCode } from './sign-in-code.ts';

const letters: { readonly [Type in Mail['type']]: LetterWriter<Type> } = {
  password_changed: passwordChanged,
  account_suspended: accountSuspended,
  sign_in_code: signInCode,
  confirm_address: confirmAddress,
  new_device_sign_in: newDeviceSignIn,
  account_locked: accountLocked,
  factor_added: factorAdded,
  factor_removed: factorRemoved,
  factors_reset: factorsReset,
  recovery_code_used: recoveryCodeUsed,
  recovery_codes_renewed: recoveryCodesRenewed,
  passkey_reversed: passkeyReversed,
};

/** The compiler cannot follow that a mail and its letter have the same type; the table above says so. */
export const letterOf = (mail: Mail, locale: Locale, frame: LetterFrame): Letter =>
  letters[mail.type][locale](mail as never, frame);
