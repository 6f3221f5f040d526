import type { LetterWriter } from '../letter.ts';
import { warningLetter } from '../warning.ts';

export const passwordChanged: LetterWriter<'password_changed'> = {
  ja: (mail, frame) =>
    warningLetter('ja', mail, frame, {
      subject: 'パスワードが変更されました',
      lead: {
        self: 'あなたのアカウントのパスワードが変更されました。これまでのログインはすべて終了しています。',
        desk: 'あなたのアカウントのパスワードが、窓口で設定されました。これまでのログインはすべて終了しています。',
        key: 'あなたのアカウントのパスワードが、有効化キーを使って新しく設定されました。これまでのログインはすべて終了しています。',
      }[mail.by],
      harmless: 'ご自身による変更、または窓口でお申し出になった変更であれば、何もする必要はありません。',
    }),
  en: (mail, frame) =>
    warningLetter('en', mail, frame, {
      subject: 'Your password was changed',
      lead: {
        self: 'The password of your account was changed. All earlier logins have ended.',
        desk: 'The password of your account was set at a help desk. All earlier logins have ended.',
        key: 'An activation key was used to set a new password for your account. All earlier logins have ended.',
      }[mail.by],
      harmless: 'If you changed it, or asked a desk to, there is nothing to do.',
    }),
};
