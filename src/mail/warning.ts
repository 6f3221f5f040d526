/**
 * What every warning says besides what happened: whose account, when, and what to do if it was not the reader. The only
 * link in it is the one by which they stop the account: "never follow another" can then be told to people.
 */
import type { Locale } from '../base/locale.ts';
import type { Mail } from '../core/notices/content.ts';
import type { Letter, LetterFrame } from './letter.ts';

export type WarningMail = Extract<Mail, { readonly notMe: object }>;

/** What is particular to one warning. */
export interface WarningWords extends Pick<Letter, 'subject' | 'lead'> {
  readonly facts?: Letter['facts'];
  /** When there is nothing to do. */
  readonly harmless: string;
  /** Other things to do, a paragraph each. */
  readonly advice?: readonly string[];
}

const words = {
  ja: {
    account: 'アカウント',
    time: '日時',
    harmful:
      '心当たりがない場合は、ほかの人に使われているおそれがあります。すぐに次のページを開き、「アカウントを停止する」を押してください。すべてのログインを終了し、窓口でご本人を確認するまで、だれもログインできないようにします。',
    reachable: (until: string, desk: string) =>
      `ページは${until}まで開けます。開けないときは、${desk}へご連絡ください。`,
    never: 'パスワードや認証コードを、職員がお尋ねすることはありません。',
    link: '心当たりがないとき',
  },
  en: {
    account: 'Account',
    time: 'Time',
    harmful:
      'If it was not you, somebody else may be using your account. Open the page below at once and press "Stop my account": every login ends, and nobody can log in until the desk has seen you.',
    reachable: (until: string, desk: string) =>
      `The page works until ${until}. If you cannot open it, contact the ${desk}.`,
    never: 'Nobody on the staff will ever ask for your password or a code.',
    link: 'This was not me',
  },
} as const satisfies Record<Locale, object>;

export function warningLetter(
  locale: Locale,
  { loginName, accountKind, at, notMe }: WarningMail,
  { kindLabel, dateTime, deskName }: LetterFrame,
  { subject, lead, facts = [], harmless, advice = [] }: WarningWords,
): Letter {
  const t = words[locale];
  return {
    subject,
    lead,
    facts: [
      { label: t.account, value: `${kindLabel(accountKind)} ${loginName}` },
      { label: t.time, value: dateTime(at) },
      ...facts,
    ],
    advice: [harmless, ...advice, t.harmful, t.reachable(dateTime(notMe.until), deskName), t.never],
    link: { label: t.link, path: `/not-me/${notMe.token}` },
  };
}
