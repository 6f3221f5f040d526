import type { LetterWriter } from '../letter.ts';
import { warningLetter } from '../warning.ts';

export const recoveryCodesRenewed: LetterWriter<'recovery_codes_renewed'> = {
  ja: (mail, frame) =>
    warningLetter('ja', mail, frame, {
      subject: '新しいリカバリーコードが作成されました',
      lead: 'あなたのアカウントのリカバリーコードが、新しく作成されました。これまでのコードは、もう使えません。',
      harmless: 'ご自身による作成であれば、何もする必要はありません。これまでのコードは捨ててください。',
    }),
  en: (mail, frame) =>
    warningLetter('en', mail, frame, {
      subject: 'New recovery codes were made',
      lead: 'New recovery codes were made for your account. The earlier ones do not work any more.',
      harmless: 'If you made them, there is nothing to do. Throw the earlier codes away.',
    }),
};
