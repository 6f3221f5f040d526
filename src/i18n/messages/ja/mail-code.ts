/** Codes that are mailed to a notification address, and registering such an address. */
import { said } from './said.ts';

export const mailCode = {
  heading: 'メールで届く認証コードの入力',
  sent: (address: string) => said`${address} に8桁の認証コードを送信しています。届いたコードを入力してください。`,
  sentAnew: (address: string) =>
    said`${address} に新しい認証コードを送信しています。いちばん新しいメールのコードを入力してください。`,
  notSent: (address: string) => said`${address} に8桁の認証コードを送信します。`,
  validFor: (wait: string) => `あと${wait}使えます。`,
  wrongHint: (tries: string) =>
    `あと${tries}回入力できます。いちばん新しいメールに書かれている8桁の数字を確認してください。`,
  lapsed: 'この認証コードは使えなくなりました。',
  lapsedHint: '有効期限が過ぎたか、入力を間違えた回数が上限に達しました。新しい認証コードを送信してください。',
  tooSoon: (wait: string) => `次のメールは、${wait}後に送信できます。`,
  late: 'メールの送信が遅れています。',
  lateHint: '届くまで時間がかかることがあります。お急ぎのときは、ほかの方法をお使いください。',
  failed: 'メールを送信できませんでした。',
  failedHint:
    'このアドレスは使えなくなっている可能性があります。ほかの方法をお使いいただくか、窓口にお問い合わせください。',
  notArrived: 'メールが届かないとき',
  notArrivedWait: (wait: string) => `メールが届かないとき(${wait}後から再送信できます)`,
  notArrivedHint: '届くまで数分かかることがあります。迷惑メールのフォルダーもご確認ください。',
  refresh: '送信の状況を確認する',
  sendFirst: '認証コードを送信',
  sendAnother: '新しい認証コードを送信',
  sendTo: (address: string) => said`${address} に送信`,
  sendAgainLater: (wait: string) => `もう一度送信できるのは、${wait}後からです。`,
  sendLater: (wait: string) => `送信した回数が多いため、次に送信できるのは${wait}後です。`,
  noMore: 'このログインで送信できる回数の上限に達しました。はじめからやり直すか、ほかの方法をお使いください。',
  sending: '送信しています…',
  notAtHand: 'メールを受け取れないとき',
};

export const enrolMail = {
  heading: '通知用メールアドレスの登録',
  lead: 'ログインのときに8桁の認証コードを受け取るメールアドレスを入力してください。確認のため、そのアドレスに認証コードを送信します。',
  label: 'メールアドレス',
  example: '例: taro@example.com',
  notOwn: (domains: readonly string[]) =>
    `大学のメールアドレス(${domains.map((domain) => `@${domain}`).join('、')})は登録できません。`,
  ownDomain: '大学のメールアドレスは登録できません。',
  ownDomainHint:
    '大学のメールは同じパスワードで読めるため、パスワードを知られたときに認証コードも読まれてしまいます。大学以外のメールアドレスを入力してください。',
  notAnAddress: 'メールアドレスの形式が正しくありません。',
  used: 'このメールアドレスは、すでに登録されています。',
  usedHint: '追加するときは、別のメールアドレスを入力してください。',
  missing: 'メールアドレスを入力してください。',
  submit: '認証コードを送信',
  sent: (address: string) =>
    said`${address} に8桁の認証コードを送信しています。届いたコードを入力すると、登録が完了します。`,
  sentAnew: (address: string) =>
    said`${address} に新しい認証コードを送信しています。いちばん新しいメールのコードを入力すると、登録が完了します。`,
  confirm: '登録する',
  change: 'メールアドレスを変更する',
  noMore: 'このログインで送信できる回数の上限に達しました。',
  noMoreHint: 'はじめからやり直すか、ほかの方法を設定してください。',
};
