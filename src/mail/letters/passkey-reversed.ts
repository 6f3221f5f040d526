import type { LetterWriter } from '../letter.ts';
import { warningLetter } from '../warning.ts';

export const passkeyReversed: LetterWriter<'passkey_reversed'> = {
  ja: (mail, frame) =>
    warningLetter('ja', mail, frame, {
      subject: 'パスキーの使われ方に不審な点があります',
      lead: 'あなたのパスキーで確認がありましたが、使用回数の記録が前回より戻っていました。パスキーが複製されたおそれがあります。',
      harmless:
        'パスキーを入れた機器を初期化したり、バックアップから復元したりした場合は、そのために起こることがあります。',
    }),
  en: (mail, frame) =>
    warningLetter('en', mail, frame, {
      subject: 'Something is odd about your passkey',
      lead: 'Your passkey was used, but its count of uses had gone backwards. It may have been copied.',
      harmless: 'It can happen after the device that holds the passkey was reset, or restored from a backup.',
    }),
};
