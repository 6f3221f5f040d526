/** Codes of digits, wherever one is typed; the code of an authenticator app, and setting such an app up. */
import { said } from './said.ts';

export const code = {
  label: '認証コード',
  submit: '次へ',
  checking: '確認しています…',
  throttled: (wait: string) =>
    said`続けて失敗したため、認証コードの受け付けを一時止めています。${wait}ほど待ってから、もう一度お試しください。`,
  throttledHint: 'お急ぎのときは、ほかの方法を使うか、窓口にお問い合わせください。',
  wrong: '認証コードが正しくありません。',
  incomplete: (digits: string) => `${digits}桁の数字を入力してください。`,
};

export const totp = {
  heading: '認証アプリのコードの入力',
  lead: '認証アプリに表示されている6桁の認証コードを入力してください。',
  apps: (names: readonly string[]) => `登録済みの認証アプリ: ${names.join('、')}`,
  wrongHint: 'コードは30秒ごとに変わります。いま表示されているコードを入力してください。',
  wrongClock: '続けて失敗するときは、スマートフォンの日付と時刻が自動設定になっているかご確認ください。',
  used: 'この認証コードは、すでに使われています。',
  usedHint: '1つのコードは1回だけ使えます。30秒以内に次のコードに変わりますので、そのコードを入力してください。',
  notAtHand: '認証アプリを使えないとき',
  unnamed: '認証アプリ',
};

export const enrolTotp = {
  heading: '認証アプリの設定',
  install: '認証アプリを用意します。',
  installHint:
    'Google Authenticator、Microsoft Authenticator など、すでにお使いのものでかまいません。ない場合は、スマートフォンに入れてください。',
  scan: 'アプリで「追加」を選び、この QR コードを読み取ります。',
  qrCode: '認証アプリに登録するための QR コード',
  open: 'このスマートフォンの認証アプリに登録',
  openHint: 'この画面をスマートフォンで見ているときは、こちらから登録できます。',
  noScan: 'QR コードを読み取れないとき',
  typeKey: 'アプリで「手動で入力」を選び、次の内容を入力してください。種類は「時間ベース」です。',
  issuer: '発行元',
  account: 'アカウント名',
  key: 'キー',
  keepSecret: 'QR コードとキーは、ほかの人に見せないでください。',
  confirm: 'アプリに表示された6桁の認証コードを入力します。',
  name: 'この認証アプリの名前',
  nameHint: '複数の認証アプリを使うときに見分けるためのものです。そのままでもかまいません。',
  submit: '設定する',
  working: '設定しています…',
  wrongHint:
    'アプリにいま表示されているコードを入力してください。QR コードを読み取り直す必要はありません。スマートフォンの日付と時刻が自動設定になっているかもご確認ください。',
};
