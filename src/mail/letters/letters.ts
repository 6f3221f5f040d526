/** Every mail has a letter in both languages: one that lacks does not compile. */
import type { Locale } from '../../base/locale.ts';
import type { Mail } from '../../core/notices/content.ts';
import type { Letter, LetterFrame, LetterWriter } from '../letter.ts';
import { accountSuspended } from './account-suspended.ts';
import { newDeviceSignIn } from './new-device-sign-in.ts';
import { passwordChanged } from './password-changed.ts';

const letters: { readonly [Type in Mail['type']]: LetterWriter<Type> } = {
  password_changed: passwordChanged,
  account_suspended: accountSuspended,
  new_device_sign_in: newDeviceSignIn,
};

export const mailTypes = Object.keys(letters) as readonly Mail['type'][];

/** The compiler cannot follow that a mail and its letter have the same type; the table above says so. */
export const letterOf = (mail: Mail, locale: Locale, frame: LetterFrame): Letter =>
  letters[mail.type][locale](mail as never, frame);
