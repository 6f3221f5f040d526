import type { LetterWriter } from '../letter.ts';

export const signInCode: LetterWriter<'sign_in_code'> = {
  ja: ({ code, expiresAt, at, loginName, accountKind, service, device }, { dateTime, kindLabel, deskName }) => ({
    subject: 'ログインの認証コード',
    lead: '次の認証コードを、ログインの画面に入力してください。',
    code: { label: '認証コード', value: code },
    facts: [
      { label: '有効期限', value: `${dateTime(expiresAt)}まで(1回限り)` },
      { label: 'サービス', value: service.ja },
      { label: 'アカウント', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: '端末', value: device ?? '不明' },
      { label: '日時', value: dateTime(at) },
    ],
    advice: [
      '認証コードをほかの人に教えないでください。大学の職員やサービスの担当者が、電話・メール・対面でお尋ねすることはありません。',
      `心当たりがない場合は、あなたのパスワードを知っている人がログインしようとしています。認証コードはどこにも入力せず、すぐに${deskName}へご連絡ください。`,
    ],
    link: { label: '窓口のご案内', path: '/help' },
  }),
  en: ({ code, expiresAt, at, loginName, accountKind, service, device }, { dateTime, kindLabel, deskName }) => ({
    subject: 'Your login code',
    lead: 'Enter this code on the login page.',
    code: { label: 'Code', value: code },
    facts: [
      { label: 'Valid until', value: `${dateTime(expiresAt)} (works once)` },
      { label: 'Service', value: service.en },
      { label: 'Account', value: `${kindLabel(accountKind)} ${loginName}` },
      { label: 'Device', value: device ?? 'unknown' },
      { label: 'Time', value: dateTime(at) },
    ],
    advice: [
      'Give this code to nobody. No member of staff will ever ask for it, by phone, by mail or in person.',
      `If you are not logging in, somebody who knows your password is. Enter the code nowhere, and contact the ${deskName} at once.`,
    ],
    link: { label: 'Where to get help', path: '/help' },
  }),
};
