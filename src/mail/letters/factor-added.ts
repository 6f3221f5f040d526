import { words } from '../../i18n/words.ts';
import type { LetterWriter } from '../letter.ts';
import { warningLetter } from '../warning.ts';

export const factorAdded: LetterWriter<'factor_added'> = {
  ja: (mail, frame) =>
    warningLetter('ja', mail, frame, {
      subject: '多要素認証の認証方法が追加されました',
      lead: 'あなたのアカウントに、多要素認証の認証方法が追加されました。',
      facts: [
        { label: '認証方法', value: words('ja').factorKinds[mail.factor].name },
        ...(mail.target === undefined ? [] : [{ label: '追加先', value: mail.target }]),
      ],
      harmless: 'ご自身による追加であれば、何もする必要はありません。',
    }),
  en: (mail, frame) =>
    warningLetter('en', mail, frame, {
      subject: 'A second factor was added',
      lead: 'A way to confirm your logins (a second factor) was added to your account.',
      facts: [
        { label: 'Way', value: words('en').factorKinds[mail.factor].name },
        ...(mail.target === undefined ? [] : [{ label: 'Address', value: mail.target }]),
      ],
      harmless: 'If you added it, there is nothing to do.',
    }),
};
