/** Asking before logging out, what is said while services are told, and after. */
import { said } from './said.ts';

export const logout = {
  heading: 'ログアウトしますか',
  asked: (service: string) => said`${service}からログアウトしました。大学のシステム全体からもログアウトしますか。`,
  lead: 'ログアウトすると、次にサービスを使うときに、もう一度ログインが必要です。',
  services: 'このログインで使ったサービス',
  servicesNote: 'ログアウトできたかどうかを、サービスごとに次の画面でお知らせします。',
  sharedDevice: '共用のパソコンでは、必ずログアウトしてください。',
  confirm: 'ログアウトする',
  stay: 'ログインしたままにする',
  doneHeading: 'ログアウトしました',
  doneLead: '共用のパソコンでは、ブラウザのウィンドウもすべて閉じてください。',
  backTo: (service: string) => said`${service}に戻る`,
  logInAgain: 'もう一度ログイン',
  standing: {
    under_way: '使ったサービスからもログアウトしています。このままお待ちください。',
    whole: '使ったサービスのすべてからログアウトしました。',
    told: '使ったサービスに、ログアウトしたことを伝えました。',
    lacking: 'ログアウトを確認できないサービスがあります。',
  },
  states: {
    done: 'ログアウト済み',
    asker: 'ログアウトを始めたサービス',
    waiting: 'まだ確認していません',
    asked: '返事を待っています',
    silent: '伝えました(結果の返事はありません)',
    failed: '確認できませんでした',
    retried: '伝えられません(自動でやり直します)',
    untold: 'サービスの画面でログアウトしてください',
  },
  goThere: 'サービスを開いてログアウト',
  again: 'もう一度伝える',
  next: '次のサービスからログアウト',
  refresh: '表示を更新する',
  frameOf: (service: string) => said`${service}のログアウト`,
};
