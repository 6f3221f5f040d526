/** Activation with a key on paper, and the two fields of a new password wherever one is set. */
import { said } from './said.ts';

export const activate = {
  heading: 'アカウントの有効化',
  step: (step: string, steps: string) => `手順 ${step}/${steps}`,
  lead: '「アカウント有効化通知書」にある ID と有効化キーを入力してください。',
  leadRenewal: 'パスワードを忘れて新しい有効化キーを受け取った方も、ここからパスワードを設定し直せます。',
  key: '有効化キー',
  keyHint: '20文字です。大文字と小文字の違いや、ハイフンの有無は問いません。',
  next: '次へ',
  checking: '確認しています…',
  wrong: (kinds: readonly string[]) => said`${kinds.join('・')}または有効化キーが正しくありません。`,
  wrongHint:
    '通知書と見比べてください。有効化キーは1回だけ使えます。新しい有効化キーを受け取った方は、最も新しいものを入力してください。',
  wrongDesk: (desk: string) => said`解決しないときは、${desk}へお問い合わせください。`,
  slip: '有効化キーに入力の誤りがあります。',
  slipHint:
    '文字の抜けや打ち間違いがないか、通知書と見比べてください。数字の 0・1 と、英字の A・B・E・G・I・L・O・S・U・V・Z は使われていません。',
  throttled: (wait: string) =>
    said`続けて失敗したため、受け付けを一時止めています。${wait}ほど待ってから、もう一度お試しください。`,
  throttledHint: '時間がたつと自動で解除されます。お急ぎのときは窓口にお問い合わせください。',
  incomplete: '入力されていない項目があります。',
  keyMissing: '有効化キーを入力してください。',
  helpTitle: '有効化できないとき',
  noKey: '有効化キーがない、または期限が過ぎた',
  passwordHeading: 'パスワードの設定',
  renewalHeading: '新しいパスワードの設定',
  passwordLead: '有効化キーを確認しました。パスワードを設定すると、すぐにログインできるようになります。',
  renewalLead:
    '有効化キーを確認しました。新しいパスワードを設定すると、これまでのログインはすべて終了します。多要素認証の設定は変わりません。',
  account: 'ID',
  accept: '上の内容に同意します',
  acceptNote: '同意しない場合は、この画面を閉じてください。有効化キーは、期限まで使えます。',
  notAccepted: '内容を確認し、同意する場合はチェックを入れてください。',
  submit: '有効化する',
  submitRenewal: 'パスワードを設定する',
  working: '設定しています…',
  doneHeading: 'アカウントを有効化しました',
  renewedHeading: '新しいパスワードを設定しました',
  doneLead: (loginName: string) => said`${loginName}と、設定したパスワードでログインできます。`,
  renewedLead: 'これまでのログインはすべて終了しました。',
  keyUsed: '使った有効化キーは、もう使えません。',
  again: 'この手続きは、すでに完了しています。画面を2つ開いていた場合は、先に送信したパスワードが設定されています。',
  logIn: 'ログインへ進む',
  goOn: (service: string) => said`${service}へのログインに進む`,
  restart: 'はじめからやり直す',
};

type Refusal = 'key_expired' | 'key_gone' | 'account_suspended' | 'account_ended' | 'not_found';

export const activateRefused: Readonly<Record<Refusal, { readonly heading: string; readonly body: string }>> = {
  key_expired: {
    heading: '有効化キーの期限が過ぎています',
    body: 'ID と有効化キーは正しく確認できましたが、期限が過ぎたため使えません。次の窓口で、新しい有効化キーの発行を受けてください。本人確認のため、身分証をお持ちください。',
  },
  key_gone: {
    heading: 'この有効化キーは使えなくなりました',
    body: '手続きの途中で、有効化キーが使われたか、新しいものに替わりました。ご自身が別の画面で有効化を済ませた場合は、そのときのパスワードでログインできます。心当たりがない場合は、ほかの人に使われたおそれがあります。すぐに窓口へご連絡ください。',
  },
  account_suspended: {
    heading: 'このアカウントは停止しています',
    body: 'ID と有効化キーは正しく確認できましたが、このアカウントは現在停止しているため、有効化できません。停止の理由と再開の手続きは、窓口でご案内します。身分証をお持ちください。',
  },
  account_ended: {
    heading: 'このアカウントの有効期限が過ぎています',
    body: 'ID と有効化キーは正しく確認できましたが、在籍または利用の期限が過ぎたため、有効化できません。在籍中の方や、利用の継続が必要な方は、窓口で手続きをしてください。身分証をお持ちください。',
  },
  not_found: {
    heading: '有効化の手続きの有効時間が過ぎました',
    body: 'お手数ですが、ID と有効化キーの入力からやり直してください。別のブラウザで始めた手続きを続けることはできません。',
  },
};

export const newPassword = {
  password: '新しいパスワード',
  repeated: '新しいパスワード(確認のため、もう一度)',
  rules: 'パスワードの条件',
  alsoRefused: '推測されやすい言葉や並び、生年月日、氏名(ローマ字を含む)、電話番号、ID を含むものは使えません。',
  met: '満たしています:',
  allMet: '入力中に確認できる条件を、すべて満たしました。',
  refused: 'パスワードを設定できませんでした。',
  missing: '新しいパスワードを入力してください。',
  repeatedDiffers: '2回の入力が一致していません。もう一度入力してください。',
};
