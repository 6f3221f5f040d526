import type { LetterWriter } from '../letter.ts';

export const accountSuspended: LetterWriter<'account_suspended'> = {
  ja: ({ at, loginName, accountKind }, { dateTime, kindLabel, deskName }) => ({
    subject: 'アカウントの利用を停止しました',
    lead: 'あなたのアカウントの利用を停止しました。ログイン中のサービスからもログアウトされます。',
    facts: [
      { label: 'アカウント', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: '日時', value: dateTime(at) },
    ],
    advice: [
      `理由の確認と再開の手続きは、${deskName}で承ります。本人確認のため、学生証・職員証などをお持ちください。`,
      'パスワードを職員がお尋ねすることはありません。',
    ],
    link: { label: '窓口のご案内', path: '/help' },
  }),
  en: ({ at, loginName, accountKind }, { dateTime, kindLabel, deskName }) => ({
    subject: 'Your account was suspended',
    lead: 'Your account was suspended. You are also being logged out of the services you were using.',
    facts: [
      { label: 'Account', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: 'Time', value: dateTime(at) },
    ],
    advice: [
      `The ${deskName} can tell you why, and how to have it opened again. Bring your student or staff card.`,
      'Nobody there will ask for your password.',
    ],
    link: { label: 'Where to get help', path: '/help' },
  }),
};
