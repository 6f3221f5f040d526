import { words } from '../../i18n/words.ts';
import type { LetterWriter } from '../letter.ts';
import { warningLetter } from '../warning.ts';

export const factorRemoved: LetterWriter<'factor_removed'> = {
  ja: (mail, frame) =>
    warningLetter('ja', mail, frame, {
      subject: '多要素認証の認証方法が削除されました',
      lead: 'あなたのアカウントから、多要素認証の認証方法が削除されました。今後、この方法ではログインできません。',
      facts: [
        { label: '認証方法', value: words('ja').factorKinds[mail.factor].name },
        ...(mail.target === undefined ? [] : [{ label: '削除したもの', value: mail.target }]),
      ],
      harmless: 'ご自身による削除であれば、何もする必要はありません。',
    }),
  en: (mail, frame) =>
    warningLetter('en', mail, frame, {
      subject: 'A second factor was removed',
      lead: 'A way to confirm your logins (a second factor) was removed from your account. It cannot be used any more.',
      facts: [
        { label: 'Way', value: words('en').factorKinds[mail.factor].name },
        ...(mail.target === undefined ? [] : [{ label: 'Address', value: mail.target }]),
      ],
      harmless: 'If you removed it, there is nothing to do.',
    }),
};
