import type { LetterWriter } from '../letter.ts';

export const accountLocked: LetterWriter<'account_locked'> = {
  ja: ({ at, loginName, accountKind }, { dateTime, kindLabel, deskName }) => ({
    subject: 'アカウントを停止しました',
    lead: '「心当たりがない」とのお申し出により、あなたのアカウントを停止しました。すべてのログインを終了し、サービスにも知らせています。',
    facts: [
      { label: 'アカウント', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: '日時', value: dateTime(at) },
    ],
    advice: [
      `窓口でご本人を確認するまで、だれもログインできません。身分証(学生証、職員証など)をお持ちのうえ、${deskName}にお越しください。パスワードと認証方法を設定し直します。`,
      '同じパスワードをほかでも使っている場合は、そちらもすぐに変更してください。',
      'パスワードや認証コードを、職員がお尋ねすることはありません。',
    ],
    link: { label: '窓口のご案内', path: '/help' },
  }),
  en: ({ at, loginName, accountKind }, { dateTime, kindLabel, deskName }) => ({
    subject: 'Your account was stopped',
    lead: 'You told us that something was not you, so your account was stopped. Every login has ended, and the services are being told.',
    facts: [
      { label: 'Account', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: 'Time', value: dateTime(at) },
    ],
    advice: [
      `Nobody can log in until the desk has seen you. Bring your student or staff card, or another proof of identity, to the ${deskName}. You will get a new password and set up your second factors anew.`,
      'If you use the same password anywhere else, change it there at once.',
      'Nobody on the staff will ever ask for your password or a code.',
    ],
    link: { label: 'Where to get help', path: '/help' },
  }),
};
