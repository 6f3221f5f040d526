/** KUMOI in both languages. */
import type { Language } from '../language.ts';
import type { SiteWords } from '../service-site.ts';
import type { Folder } from './show-mails.ts';

interface KumoiWords extends SiteWords {
  readonly count: (count: number) => string;
  readonly real: string;
  readonly noSubject: string;
  readonly back: Readonly<Record<Folder, string>>;
  readonly from: string;
  readonly to: string;
  readonly date: string;
  readonly empty: Readonly<Record<Folder, { readonly title: string; readonly body: string }>>;
  readonly noAddress: string;
}

const ja: KumoiWords = {
  name: 'KUMOI',
  tagline: '学生用メール',
  welcome: '大学からの連絡は、KUMOI に届きます。',
  lead: 'KUMOI は、京都大学の学生の皆さんのためのメールサービスです。',
  offers: ['@st.kyoto-u.ac.jp のメールアドレス', '授業や図書館からのお知らせ', 'パソコンでもスマートフォンでも'],
  loginHint: '学生アカウント(ECS-ID)でログインします。多要素認証が必要です。',
  desk: 'KUMOI(学生用メール)窓口(学術情報メディアセンター南館)',
  demo: 'Sekisho の動作を示すための見本サービスです。受信トレイには、架空のメールと、このデモの Sekisho がご本人の大学アドレス宛てに送ったメールを表示しています。',
  count: (count) => `${count}通`,
  real: 'このデモが送信',
  noSubject: '(件名なし)',
  back: { inbox: '受信トレイに戻る', sent: '送信済みに戻る', junk: '迷惑メールに戻る' },
  from: '差出人',
  to: '宛先',
  date: '日時',
  empty: {
    inbox: { title: 'メールはありません', body: '届いたメールは、ここに表示されます。' },
    sent: { title: '送信済みのメールはありません', body: '送信したメールは、ここに表示されます。' },
    junk: {
      title: '迷惑メールはありません',
      body: '迷惑メールと判定されたメールはここに入り、30 日後に削除されます。',
    },
  },
  noAddress: 'メールアドレスを受け取っていないため、このデモが送信したメールは表示できません。',
};

const en: KumoiWords = {
  name: 'KUMOI',
  tagline: 'Student e-mail',
  welcome: 'What the University writes to you arrives here.',
  lead: 'KUMOI is the e-mail service for students of Kyoto University.',
  offers: ['An address at st.kyoto-u.ac.jp', 'News of your classes and the libraries', 'On a computer and on a phone'],
  loginHint: 'Log in with your student account (ECS-ID). A second factor is required.',
  desk: 'KUMOI (student e-mail) front desk, Academic Center for Computing and Media Studies, South Building',
  demo: 'A sample service that shows Sekisho at work. Its inbox holds invented mails, and those that the Sekisho of this demonstration sent to your university address.',
  count: (count) => `${count} ${count === 1 ? 'mail' : 'mails'}`,
  real: 'Sent by this demo',
  noSubject: '(no subject)',
  back: { inbox: 'Back to the inbox', sent: 'Back to sent mails', junk: 'Back to junk' },
  from: 'From',
  to: 'To',
  date: 'Date',
  empty: {
    inbox: { title: 'No mails', body: 'What arrives is shown here.' },
    sent: { title: 'You have sent nothing', body: 'What you send is shown here.' },
    junk: { title: 'No junk', body: 'Mails that look like junk are put here and deleted after 30 days.' },
  },
  noAddress: 'Your e-mail address was not received, so the mails that this demo sent to it cannot be shown.',
};

export const kumoiWords: Readonly<Record<Language, KumoiWords>> = { ja, en };
