/** What every page has around it. */
export const frame = {
  skipToContent: '本文へ移動',
  helpDesk: 'お問い合わせ',
  rules: '利用規程',
  help: 'お困りのとき',
  logOut: 'ログアウト',
  home: 'サービス一覧',
  signedInAs: (name: string, loginName: string) => `${name} さん(${loginName})`,
  errorPrefix: 'エラー',
  required: '必須',
  pleaseWait: '処理しています…',
  siteOf: (system: string, university: string) => `${university} ${system}`,
};

/** A help desk, wherever one is shown. */
export const desk = {
  place: '場所',
  hours: '受付時間',
  phone: '電話',
  mail: 'メール',
  web: 'ウェブサイト',
  openSite: '窓口のページを開く',
  map: '地図',
  deskOf: (service: string) => `${service} の窓口`,
};
