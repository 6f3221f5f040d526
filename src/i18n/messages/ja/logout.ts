/** Asking before logging out, and what is said after. */
import { said } from './said.ts';

export const logout = {
  heading: 'ログアウトしますか',
  asked: (service: string) => said`${service}からログアウトしました。大学のシステム全体からもログアウトしますか。`,
  lead: 'ログアウトすると、次にサービスを使うときに、もう一度ログインが必要です。',
  services: 'このログインで使ったサービス',
  servicesNote: 'サービスによっては、その画面でもログアウトが必要です。',
  sharedDevice: '共用のパソコンでは、必ずログアウトしてください。',
  confirm: 'ログアウトする',
  stay: 'ログインしたままにする',
  doneHeading: 'ログアウトしました',
  doneLead: '共用のパソコンでは、ブラウザのウィンドウもすべて閉じてください。',
  backTo: (service: string) => said`${service}に戻る`,
  logInAgain: 'もう一度ログイン',
};
