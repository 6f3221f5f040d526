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
  reported: 'このアカウントは、お申し出により停止しています',
  reportedBody:
    '「心当たりがない」とのお申し出があったため、このアカウントを停止しています。窓口でご本人を確認するまで、ログインできません。身分証(学生証、職員証など)をお持ちのうえ、次の窓口にお越しください。',
  expired: 'このアカウントの有効期限が過ぎています',
  expiredBody:
    'ID とパスワードは正しく確認できましたが、在籍または利用の期限が過ぎたため、ログインできません。在籍中の方や、利用の継続が必要な方は、窓口で手続きをしてください。身分証をお持ちください。',
  enrolmentClosed: '多要素認証の設定が必要です',
  enrolmentClosedBody: (service: string) =>
    said`パスワードは正しく確認できました。${service}の利用には多要素認証が必要ですが、このアカウントには使える認証方法が登録されていません。`,
  enrolmentClosedBodyHere:
    'パスワードは正しく確認できました。続けるには多要素認証が必要ですが、このアカウントには使える認証方法が登録されていません。',
  enrolmentClosedWhy:
    'パスワードだけを知った他人が認証方法を登録できないように、窓口でご本人を確認してから設定していただきます。',
  otherFactor: 'このアカウントの認証方法では利用できません',
  otherFactorBody: (service: string) =>
    said`${service}の利用には、より確実な認証方法が必要です。このアカウントに登録されている認証方法では、条件を満たせません。`,
  otherFactorBodyHere: 'より確実な認証方法が必要です。このアカウントに登録されている認証方法では、条件を満たせません。',
  otherFactorAdd:
    '登録済みの認証方法で確認したうえで、パスキーなどの認証方法を追加できます。追加したあと、もう一度ログインしてください。',
  add: '認証方法を追加する',
  unreachable: 'この画面を開くために必要な認証ができません',
  unreachableBody: 'ログインは正しくできていますが、求められている確実さの認証を、このアカウントでは行えません。',
  unreachableHint: 'この画面を利用する必要がある方は、下記の窓口にお問い合わせください。',
  visitTitle: '窓口での手続き',
  visitDesk: (desk: string) => said`${desk}の窓口にお越しください。電話やメールでは受け付けていません。`,
  visitDocuments: '次の2点をお持ちください。',
  visitForm: '多要素認証の設定に関する申請書(窓口にもあります)',
  visitIdentity: '本人確認書類(学生証、職員証、運転免許証、マイナンバーカード、在留カードなど)',
  visitThen:
    'ご本人であることを確認したあと、一時パスをお渡しします。一時パスを使ってログインすると、認証方法を設定できます。',
  visitPlace: '窓口の場所と受付時間',
  connectionSuspended: (service: string) => said`${service}へのログインは停止しています`,
  connectionSuspendedHere: 'このサービスへのログインは停止しています',
  connectionSuspendedBody:
    'サービスとの接続を現在停止しています。アカウントに問題はありません。再開の予定は、サービスの窓口にお問い合わせください。',
  yourServices: 'このアカウントで利用できるサービス',
  back: (service: string) => said`${service}に戻る`,
  backHere: 'サービスに戻る',
  toHome: 'サービス一覧へ',
};
