import type { LetterWriter } from '../letter.ts';
import { warningLetter } from '../warning.ts';

export const newDeviceSignIn: LetterWriter<'new_device_sign_in'> = {
  ja: (mail, frame) =>
    warningLetter('ja', mail, frame, {
      subject: '新しい端末からログインがありました',
      lead: 'これまで使われていない端末またはブラウザから、あなたのアカウントにログインがありました。',
      facts: [
        { label: '端末', value: mail.device ?? '不明' },
        { label: '接続元', value: mail.address },
        ...(mail.service === undefined ? [] : [{ label: 'サービス', value: mail.service.ja }]),
      ],
      harmless: 'ご自身によるログインであれば、何もする必要はありません。',
    }),
  en: (mail, frame) =>
    warningLetter('en', mail, frame, {
      subject: 'New device used to log in',
      lead: 'A device or browser that had not been used before logged in to your account.',
      facts: [
        { label: 'Device', value: mail.device ?? 'unknown' },
        { label: 'From', value: mail.address },
        ...(mail.service === undefined ? [] : [{ label: 'Service', value: mail.service.en }]),
      ],
      harmless: 'If it was you, there is nothing to do.',
    }),
};
