/** The portal, signed in and signed out. */
import { said } from './said.ts';

export const portal = {
  welcomeHeading: (university: string) => said`${university}のサービスへ、ひとつのログインで`,
  welcomeLead: (system: string, kinds: string) =>
    said`${system}は、大学の情報サービスに共通のログイン窓口です。${kinds}とパスワードで一度ログインすると、ほかのサービスも続けて利用できます。`,
  logIn: 'ログイン',
  firstTime: 'はじめて使う方',
  firstTimeBody:
    '「アカウント有効化通知書」にある ID と有効化キーを使って、有効化の手続きとパスワードの設定をしてください。',
  firstTimeLink: 'アカウントの有効化',
  trouble: 'ログインできない方',
  troubleBody: 'ID やパスワードを忘れたときにできることと、窓口をご案内します。',
  forgotIdLink: 'ID を忘れたとき',
  forgotPasswordLink: 'パスワードを忘れたとき',
  owners: 'サービスを運営する方',
  ownersBody: '学内のサービスにこのログインを組み込みたい方は、窓口にご相談ください。',
  homeHeading: 'サービス一覧',
  greeting: (name: string) => said`${name}さん、こんにちは。`,
  count: (count: string) => said`利用できるサービスは${count}件です。`,
  searchLabel: 'サービスを探す',
  searchHint: '名前や説明の一部を入力してください。',
  search: '検索',
  clear: '検索をやめる',
  found: (query: string, count: string) => said`「${query}」に当てはまるサービスは${count}件です。`,
  foundNone: (query: string) => said`「${query}」に当てはまるサービスはありません。`,
  foundNoneHint: '別の言葉でお試しください。',
  showAll: (count: string) => said`${count}件すべて表示`,
  empty: '利用できるサービスはまだありません。',
  emptyHint:
    '入学・着任の直後は、反映まで時間がかかることがあります。翌日になっても表示されないときは、窓口にお問い合わせください。',
  askDesk: '窓口',
};
