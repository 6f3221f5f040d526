import type { LetterWriter } from '../letter.ts';
import { warningLetter } from '../warning.ts';

export const factorsReset: LetterWriter<'factors_reset'> = {
  ja: (mail, frame) =>
    warningLetter('ja', mail, frame, {
      subject: '多要素認証の設定が窓口で取り消されました',
      lead: 'お申し出により、あなたのアカウントの多要素認証の設定を、窓口ですべて取り消しました。これまでの認証方法では、ログインできません。',
      harmless:
        '窓口でお申し出になった場合は、受け取った一時パスでログインし、認証方法を設定し直してください。このほかに必要なことはありません。',
    }),
  en: (mail, frame) =>
    warningLetter('en', mail, frame, {
      subject: 'Your second factors were reset at a desk',
      lead: 'At your request a help desk removed all second factors from your account. They cannot be used any more.',
      harmless:
        'If you asked for it, log in with the temporary pass that you were given and set up a factor anew. There is nothing else to do.',
    }),
};
