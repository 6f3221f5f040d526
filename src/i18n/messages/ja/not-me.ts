/** 「心当たりがない」と知らせる画面と、ブラウザの信頼。 */
import type { WarningType } from '../../../core/notices/content.ts';
import { said } from './said.ts';

const warnings: Readonly<Record<WarningType, string>> = {
  new_device_sign_in: '新しい端末からのログイン',
  password_changed: 'パスワードの変更',
  factor_added: '認証方法の追加',
  factor_removed: '認証方法の削除',
  factors_reset: '窓口での多要素認証の取り消し',
  recovery_code_used: 'リカバリーコードの使用',
  recovery_codes_renewed: '新しいリカバリーコードの作成',
  passkey_reversed: 'パスキーの不審な使用',
};

export const notMe = {
  warnings,
  heading: 'この操作に心当たりがありませんか',
  account: 'ID',
  what: '操作',
  when: '日時',
  lead: '次の操作に心当たりがない場合は、ほかの人があなたのアカウントを使っているおそれがあります。下のボタンで、アカウントをすぐに停止できます。',
  effectsTitle: 'ボタンを押すと',
  effects: [
    'すべての端末とサービスで、ログインが終了します。',
    '窓口でご本人を確認するまで、だれもログインできなくなります。ご自身もログインできません。',
    '再開するには、身分証をお持ちのうえ、窓口にお越しいただく必要があります。',
  ],
  submit: 'アカウントを停止する',
  working: '停止しています…',
  harmless: 'ご自身の操作だった場合は、何もせずにこの画面を閉じてください。何も変わりません。',
  doneHeading: 'アカウントを停止しました',
  doneLead: (loginName: string) =>
    said`${loginName}のすべてのログインを終了しました。窓口でご本人を確認するまで、だれもログインできません。`,
  nextTitle: '次にしていただくこと',
  next: (desk: string) => [
    said`身分証(学生証、職員証など)をお持ちのうえ、${desk}の窓口にお越しください。新しいパスワードと認証方法を設定し、アカウントを再開します。`,
    '同じパスワードをほかのサービスでも使っている場合は、そちらのパスワードもすぐに変更してください。',
    '使っているパソコンやスマートフォンを、ウイルス対策ソフトなどで確認してください。',
    '情報の流出や被害に気づいた場合は、窓口でお知らせください。',
  ],
  neverAsk: 'パスワードや認証コードを、職員がお尋ねすることはありません。',
  desk: '窓口',
};

export const trustBrowser = {
  label: (days: string) => `このブラウザを${days}日間信頼する`,
  hint: 'この期間は、このサービスなどでの多要素認証を省略します。ご自身だけが使う端末でのみ選んでください。',
};
