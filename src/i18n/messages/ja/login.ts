/** The pages of a login in progress. */
import { said } from './said.ts';

export const login = {
  headingFor: (service: string) => said`${service}へのログイン`,
  headingHere: (system: string) => said`${system}へのログイン`,
  headingAgain: 'もう一度ログインしてください',
  /** 学生アカウントと教職員アカウントの名前をつなぐ: ECS-ID・SPS-ID */
  kindsJoined: (kinds: readonly string[]) => kinds.join('・'),
  usernameLabel: (kinds: readonly string[]) => kinds.join(' または '),
  example: (examples: readonly string[]) => said`例: ${examples.join('、')}`,
  password: 'パスワード',
  showPassword: 'パスワードを表示',
  capsLock: 'Caps Lock がオンになっています。',
  submit: 'ログイン',
  working: 'ログインしています…',
  cancel: 'ログインせずに戻る',
  wrong: (kinds: readonly string[]) => said`${kinds.join('・')}またはパスワードが正しくありません。`,
  wrongHint:
    '大文字と小文字の違い、Caps Lock をご確認ください。アカウントの有効化が済んでいない場合は、先に有効化が必要です。',
  wrongDesk: (desk: string) => said`解決しないときは、${desk}へお問い合わせください。`,
  activationLink: 'はじめて使うとき(アカウントの有効化)',
  throttled: (wait: string) =>
    said`続けて失敗したため、ログインを一時止めています。${wait}ほど待ってから、もう一度お試しください。`,
  throttledHint: '時間がたつと自動で解除されます。お急ぎのときは窓口にお問い合わせください。',
  incomplete: '入力されていない項目があります。',
  usernameMissing: (kinds: readonly string[]) => said`${kinds.join(' または ')}を入力してください。`,
  passwordMissing: 'パスワードを入力してください。',
  againFor: (loginName: string) =>
    said`${loginName}の方ご本人であることを確認します。パスワードをもう一度入力してください。`,
  forgotId: (kinds: readonly string[]) => said`${kinds.join('・')}を忘れた`,
  forgotPassword: 'パスワードを忘れた',
  helpTitle: 'ログインできないとき',
};

export const chooseAccount = {
  heading: 'アカウントを選んでください',
  lead: (service: string) => said`${service}で使うアカウントを選んでください。`,
  leadHere: '使うアカウントを選んでください。',
  another: '別のアカウントでログイン',
};

export const acceptTerms = {
  lead: 'ご利用の前に、次の内容をご確認ください。',
  version: (version: string) => said`版: ${version}`,
  readAll: '全文を読む',
  accept: '同意して次へ',
  decline: '同意しない',
  declineNote: '同意しない場合は、ログインせずに終了します。',
};

export const release = {
  heading: (service: string) => said`${service}に送る情報の確認`,
  lead: (service: string) => said`ログインすると、次の情報を${service}に送ります。`,
  noneSent: '送る情報はありません。ログインしたことだけが伝わります。',
  once: 'この確認は初回と、送る情報が変わったときに表示します。',
  always: 'この確認はログインのたびに表示します。',
  allow: '送信して次へ',
  deny: '送らずに中止',
  denyNote: '中止すると、このサービスは利用できません。',
  empty: '(登録なし)',
};

export const returning = {
  heading: (service: string) => said`${service}に戻ります`,
  lead: 'そのままお待ちください。画面が変わらないときは、次のボタンを押してください。',
  go: (service: string) => said`${service}へ進む`,
};
