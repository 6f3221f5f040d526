/** The error page's frame, and the refusals that are nobody's error. */
import { said } from './said.ts';

export const problem = {
  incident: '受付番号',
  incidentHint: 'お問い合わせのときは、この番号をお伝えください。',
  desk: 'お問い合わせ先',
  toStart: 'トップページへ',
  detail: 'サービスの担当者向けの情報',
  code: '種類',
};

export const denied = {
  notForYou: (service: string) => said`${service}は、このアカウントでは利用できません`,
  notForYouHere: 'このアカウントでは利用できません',
  audience: (service: string, audience: string) => said`${service}を利用できるのは、${audience}です。`,
  noAudience: 'ログインは正しくできていますが、このサービスの利用対象ではありません。',
  notForYouHint: '利用できるはずの方は、下記の窓口にお問い合わせください。',
  suspended: 'このアカウントは停止しています',
  suspendedBody:
    'ID とパスワードは正しく確認できましたが、このアカウントは現在停止しているため、ログインできません。停止の理由と再開の手続きは、窓口でご案内します。身分証をお持ちください。',
  expired: 'このアカウントの有効期限が過ぎています',
  expiredBody:
    'ID とパスワードは正しく確認できましたが、在籍または利用の期限が過ぎたため、ログインできません。在籍中の方や、利用の継続が必要な方は、窓口で手続きをしてください。身分証をお持ちください。',
  connectionSuspended: (service: string) => said`${service}へのログインは停止しています`,
  connectionSuspendedHere: 'このサービスへのログインは停止しています',
  connectionSuspendedBody:
    'サービスとの接続を現在停止しています。アカウントに問題はありません。再開の予定は、サービスの窓口にお問い合わせください。',
  yourServices: 'このアカウントで利用できるサービス',
  back: (service: string) => said`${service}に戻る`,
  backHere: 'サービスに戻る',
  toHome: 'サービス一覧へ',
};
