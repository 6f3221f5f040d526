/** What stands in for a second factor that is not at hand: recovery codes, and the pass that a desk gives. */
import { said } from './said.ts';

export const recoveryCode = {
  heading: 'リカバリーコードの入力',
  lead: '保管しておいたリカバリーコードのうち、まだ使っていないものを1つ入力してください。',
  label: 'リカバリーコード',
  hint: '例: 2C4D-5F6H-7J8K(ハイフンは省略できます。大文字・小文字の区別はありません)',
  missing: 'リカバリーコードを入力してください。',
  wrong: 'リカバリーコードが正しくありません。',
  wrongHint: '一度使ったコードは使えません。新しいコードを作成した場合、以前のコードはすべて無効です。',
  notAtHand: 'リカバリーコードが手元にないとき',
};

export const recoveryCodesLeft = {
  heading: 'リカバリーコードを使いました',
  left: (count: number) => said`残りは${String(count)}個です。使ったコードは、お手元の控えから消してください。`,
  none: '使えるリカバリーコードはもうありません。',
  few: '残りが少なくなっています。',
  makeNew: 'ログインしたあと、多要素認証の設定のページで新しいリカバリーコードを作成してください。',
  lost: 'スマートフォンをなくした、機種変更したなどの場合は、ログインしたあと、多要素認証の設定のページで使えなくなった認証方法を削除し、新しい認証方法を追加してください。',
  address: '多要素認証の設定:',
  next: '次へ',
};

export const temporaryPass = {
  heading: '一時パスの入力',
  lead: '窓口で受け取った一時パスを入力してください。',
  until: (time: string) => said`${time}まで使えます。`,
  label: '一時パス',
  hint: '例: 2C4D-5F6H(ハイフンは省略できます。大文字・小文字の区別はありません)',
  missing: '一時パスを入力してください。',
  wrong: '一時パスが正しくありません。',
  wrongHint: '新しい一時パスを受け取った場合、以前のものは使えません。',
  lapsed: '一時パスの有効期限が過ぎています。',
  lapsedHint: (desk: string) => said`${desk}で、新しい一時パスを受け取ってください。`,
  notAtHand: '一時パスを使えないとき',
};
