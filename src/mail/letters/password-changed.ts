import type { LetterWriter } from '../letter.ts';

export const passwordChanged: LetterWriter<'password_changed'> = {
  ja: ({ at, by, loginName, accountKind }, { dateTime, kindLabel, deskName }) => ({
    subject: 'パスワードが変更されました',
    lead:
      by === 'self'
        ? 'あなたのアカウントのパスワードが変更されました。'
        : 'あなたのアカウントのパスワードが、窓口で設定されました。',
    facts: [
      { label: 'アカウント', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: '日時', value: dateTime(at) },
    ],
    advice: [
      'ご自身による変更、または窓口でお申し出になった変更であれば、何もする必要はありません。',
      `心当たりがない場合は、ほかの人に使われているおそれがあります。すぐに${deskName}へご連絡ください。`,
    ],
    link: { label: '窓口のご案内', path: '/help' },
  }),
  en: ({ at, by, loginName, accountKind }, { dateTime, kindLabel, deskName }) => ({
    subject: 'Your password was changed',
    lead:
      by === 'self'
        ? 'The password of your account was changed.'
        : 'The password of your account was set at a help desk.',
    facts: [
      { label: 'Account', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: 'Time', value: dateTime(at) },
    ],
    advice: [
      'If you changed it, or asked a desk to, there is nothing to do.',
      `If you did not, somebody else may be using your account. Contact the ${deskName} at once.`,
    ],
    link: { label: 'Where to get help', path: '/help' },
  }),
};
