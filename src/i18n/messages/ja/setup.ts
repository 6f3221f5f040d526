/** The first administrator's password, and the words for every rule a password can break. */
import type { PasswordProblem } from '../../../core/credentials/password-rule.ts';

export const setup = {
  heading: '最初の管理者のパスワード設定',
  lead: (loginName: string) => `管理者 ${loginName} のパスワードを設定します。このリンクは1回だけ使えます。`,
  account: '管理者の ID',
  submit: '設定する',
  working: '設定しています…',
  doneHeading: 'パスワードを設定しました',
  doneLead: (loginName: string) => `${loginName} で、管理者としてログインできます。`,
  logIn: 'ログインへ進む',
};

/** Bounds of the rule in force. */
export interface PasswordBounds {
  readonly minimumLength: number;
  readonly maximumLength: number;
}

export type PasswordProblemWords = Readonly<Record<PasswordProblem, (bounds: PasswordBounds) => string>>;

export const passwordProblems: PasswordProblemWords = {
  too_short: ({ minimumLength }) => `${minimumLength}文字以上にしてください。`,
  too_long: ({ maximumLength }) => `${maximumLength}文字以内にしてください。`,
  needs_upper: () => '英大文字(A〜Z)を1文字以上使ってください。',
  needs_lower: () => '英小文字(a〜z)を1文字以上使ってください。',
  needs_digit: () => '数字(0〜9)を1文字以上使ってください。',
  only_alphanumeric: () => '半角の英字と数字だけを使ってください。',
  in_dictionary: () => '推測されやすい言葉や並びを避けてください。',
  contains_birth_date: () => '生年月日を含めないでください。',
  contains_name: () => '氏名(ローマ字を含む)を含めないでください。',
  contains_phone: () => '電話番号を含めないでください。',
  contains_login_name: () => 'ID を含めないでください。',
};
