/** The second factor: why it is asked for, choosing one, setting one up in the middle of a login. */
import type { SecondFactorKind } from '../../../core/credentials/factor-use.ts';
import { said } from './said.ts';

export const secondFactor = {
  because: {
    connection: (service: string) => said`${service}の利用には、多要素認証が必要です。`,
    policy: (service: string) => said`大学の規則により、${service}の利用には多要素認証が必要です。`,
    outside: (service: string) => said`学外のネットワークから${service}を利用するには、多要素認証が必要です。`,
    network: (service: string) => said`現在のネットワークから${service}を利用するには、多要素認証が必要です。`,
    new_browser: (service: string) =>
      said`このブラウザではまだ多要素認証を行っていないため、${service}の利用には多要素認証が必要です。`,
    service_asked: (service: string) => said`${service}が、このログインに多要素認証を求めています。`,
    service_wishes: (service: string) => said`${service}が、多要素認証でのログインを希望しています。`,
  },
  becauseHere: 'ご本人であることを確認するため、多要素認証が必要です。',
  another: 'ほかの方法を使う',
  setUpAnother: 'ほかの方法を設定する',
};

type KindWords = Readonly<Record<SecondFactorKind, { readonly name: string; readonly use: string }>>;

/** `use`: what it asks of the person, on the page where one is chosen. */
export const factorKinds: KindWords = {
  passkey: { name: 'パスキー', use: '指紋・顔・画面ロックで確認します' },
  certificate: { name: 'クライアント証明書', use: 'この端末の証明書で確認します' },
  totp: { name: 'ワンタイムパスワード(認証アプリ)', use: '認証アプリに表示される6桁の数字を入力します' },
  'mail-code': { name: '認証コード(通知用メールアドレス)', use: 'メールで届く8桁の数字を入力します' },
  'recovery-code': { name: 'リカバリーコード', use: '保管しておいたコードを1つ使います' },
  'temporary-pass': { name: '一時パス', use: '窓口で受け取ったコードを入力します' },
};

export const chooseFactor = {
  heading: '認証方法を選んでください',
  lastUsed: (day: string) => `前回の利用: ${day}`,
  skip: '多要素認証をせずに続ける',
  skipNote: (service: string) => said`多要素認証をしない場合、${service}で使えない機能があることがあります。`,
  skipNoteHere: '多要素認証をしない場合、使えない機能があることがあります。',
  lostTitle: 'どの方法も使えないとき',
  lost: (desk: string) =>
    said`スマートフォンをなくした、機種変更で認証アプリが使えなくなったなどの場合は、${desk}の窓口にお越しください。ご本人であることを確認したうえで、設定をやり直します。`,
  lostDocuments: '申請書(窓口にもあります)と本人確認書類(学生証、職員証など)をお持ちください。',
};

export const enrolFactor = {
  heading: '多要素認証の設定',
  lead: 'パスワードに加えて使う認証方法を、1つ選んで設定してください。設定が終わると、そのままログインが続きます。あとから追加や変更もできます。',
  leadAdding: '追加する認証方法を選んでください。',
  recommended: 'おすすめ',
  good: {
    passkey: '指紋・顔・画面ロックで確認。コードの入力がいらず、偽サイトにもだまされません。',
    totp: 'スマートフォンの認証アプリに表示される6桁の数字を入力。電波の届かない場所でも使えます。',
    'mail-code': '大学以外のメールアドレスに届く8桁の数字を入力。アプリを入れずに使えます。',
  },
};

export const keepRecoveryCodes = {
  heading: 'リカバリーコードを保管してください',
  lead: 'スマートフォンの紛失や故障で認証方法が使えなくなったときに、このコードでログインできます。コードは1つにつき1回だけ使えます。',
  once: 'このコードを表示するのは今回だけです。印刷するか、ファイルに保存して、スマートフォンとは別の場所に保管してください。',
  codes: 'リカバリーコード',
  download: 'ファイルに保存',
  print: '印刷',
  /** ファイルの中の見出し */
  fileTitle: (system: string, loginName: string) => said`${system} リカバリーコード(${loginName})`,
  fileNote: '1つのコードは1回だけ使えます。人に見せないでください。',
  kept: '保管しました。次へ',
};
