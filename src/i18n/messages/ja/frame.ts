/** What every page has around it. */
import { said } from './said.ts';

export const frame = {
  skipToContent: '本文へ移動',
  helpDesk: 'お問い合わせ',
  rules: '利用規程',
  help: 'お困りのとき',
  logOut: 'ログアウト',
  signedInAs: (name: string, loginName: string) => said`${name}さん(${loginName})`,
  errorPrefix: 'エラー',
  pleaseWait: '処理しています…',
};

/** A help desk, wherever one is shown. */
export const desk = {
  place: '場所',
  hours: '受付時間',
  phone: '電話',
  mail: 'メール',
  map: '地図',
};
