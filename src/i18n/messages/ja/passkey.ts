/** Passkeys: signing in with one, as second factor, making one. */
import { said } from './said.ts';

export const passkey = {
  heading: 'パスキーで確認してください',
  lead: '画面の案内に従って、指紋・顔・画面ロックなどで確認してください。',
  or: 'または',
  logIn: 'パスキーでログイン',
  confirm: 'パスキーで確認',
  waiting: '確認を待っています…',
  notAtHand: 'パスキーを使えないとき',
  cancelled: 'パスキーの確認が完了しませんでした。',
  cancelledHint: 'もう一度お試しください。',
  failed: 'パスキーを確認できませんでした。',
  failedHint: 'もう一度試すか、ほかの方法を使ってください。',
  unknown: 'このパスキーは登録されていません。',
  unknownHint: '登録を削除したパスキーの可能性があります。パスワードでログインするか、ほかのパスキーを使ってください。',
  reversed: 'このパスキーではログインできません。',
  reversedHint: (desk: string) =>
    said`同じパスキーが複製され、別の場所で使われたおそれがあります。ほかの方法でログインし、このパスキーを削除してください。心当たりのない場合は、${desk}へご連絡ください。`,
  unsupported: 'このブラウザーではパスキーを使えません。',
  unsupportedHint: 'ほかの方法を使うか、新しいブラウザーでお試しください。',
  needsScript: 'パスキーを使うには、ブラウザーの JavaScript を有効にしてください。',
};

export const enrolPasskey = {
  heading: 'パスキーの作成',
  lead: '次のログインからは、指紋・顔・画面ロックなどで確認するだけで済みます。パスワードの入力はいりません。',
  staysThere: '指紋や顔の情報が、端末の外に送られることはありません。',
  elsewhere: 'スマートフォンやパスワード管理アプリに保存すると、お使いのほかの端末でも使えることがあります。',
  notShared: '大学の端末など、ほかの人と共用する端末には作らないでください。',
  create: 'パスキーを作成',
  working: '作成しています…',
  /** 製品のわからないパスキーの名前 */
  unnamed: 'パスキー',
  cancelled: 'パスキーを作成できませんでした。',
  cancelledHint: 'もう一度試すか、ほかの認証方法を設定してください。',
  registered: 'この保存先には、このアカウントのパスキーがすでにあります。',
  registeredHint: 'ほかの保存先を選ぶか、ほかの認証方法を設定してください。',
  unable: 'この端末では、パスキーを作成できません。',
  unableHint: '画面ロック(PIN、指紋、顔など)を設定してからもう一度試すか、ほかの認証方法を設定してください。',
  notAccepted: 'この種類のパスキーは、本学では利用できません。',
  notAcceptedHint: 'ほかの保存先を選ぶか、ほかの認証方法を設定してください。',
  unsupportedHint: 'ほかの認証方法を設定するか、新しいブラウザーでお試しください。',
};
