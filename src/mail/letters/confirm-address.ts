import type { LetterWriter } from '../letter.ts';

export const confirmAddress: LetterWriter<'confirm_address'> = {
  ja: ({ code, expiresAt, at, service, device }, { dateTime }) => ({
    subject: '通知用メールアドレスの確認',
    lead: 'このメールアドレスを、多要素認証の通知用メールアドレスとして登録する手続きが行われています。登録するには、次の認証コードを手続き中の画面に入力してください。',
    code: { label: '認証コード', value: code },
    facts: [
      { label: '有効期限', value: `${dateTime(expiresAt)}まで(1回限り)` },
      { label: 'サービス', value: service.ja },
      { label: '端末', value: device ?? '不明' },
      { label: '日時', value: dateTime(at) },
    ],
    advice: [
      '認証コードをほかの人に教えないでください。大学の職員やサービスの担当者が、電話・メール・対面でお尋ねすることはありません。',
      '心当たりがない場合は、ほかの方がメールアドレスを間違えて入力したものと思われます。このメールは破棄してください。認証コードが入力されなければ、登録されません。',
    ],
    link: { label: '窓口のご案内', path: '/help' },
  }),
  en: ({ code, expiresAt, at, service, device }, { dateTime }) => ({
    subject: 'Confirm your notification address',
    lead: 'This address is being registered as a notification address for multi-factor login. To register it, enter this code on the page that asked for it.',
    code: { label: 'Code', value: code },
    facts: [
      { label: 'Valid until', value: `${dateTime(expiresAt)} (works once)` },
      { label: 'Service', value: service.en },
      { label: 'Device', value: device ?? 'unknown' },
      { label: 'Time', value: dateTime(at) },
    ],
    advice: [
      'Give this code to nobody. No member of staff will ever ask for it, by phone, by mail or in person.',
      'If you did not ask for it, somebody has probably mistyped their address. You can delete this mail: without the code, nothing is registered.',
    ],
    link: { label: 'Where to get help', path: '/help' },
  }),
};
