import { fewRecoveryCodes } from '../../core/credentials/recovery-codes.ts';
import type { LetterWriter } from '../letter.ts';
import { warningLetter } from '../warning.ts';

export const recoveryCodeUsed: LetterWriter<'recovery_code_used'> = {
  ja: (mail, frame) =>
    warningLetter('ja', mail, frame, {
      subject: 'リカバリーコードが使われました',
      lead: 'あなたのアカウントへのログインに、リカバリーコードが1つ使われました。',
      facts: [{ label: '残りのコード', value: `${mail.left}個` }],
      harmless: 'ご自身によるログインであれば、何もする必要はありません。使ったコードは、もう使えません。',
      advice:
        mail.left <= fewRecoveryCodes
          ? ['残りが少なくなっています。ログインして、新しいコードを作成してください。']
          : [],
    }),
  en: (mail, frame) =>
    warningLetter('en', mail, frame, {
      subject: 'A recovery code was used',
      lead: 'A recovery code was used to log in to your account.',
      facts: [{ label: 'Codes left', value: String(mail.left) }],
      harmless: 'If it was you, there is nothing to do. The code that was used does not work again.',
      advice: mail.left <= fewRecoveryCodes ? ['Few are left. Log in and make new codes.'] : [],
    }),
};
