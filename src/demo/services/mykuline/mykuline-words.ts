/** MyKULINE in both languages. */
import type { Language } from '../language.ts';
import type { SiteWords } from '../service-site.ts';

interface MykulineWords extends SiteWords {
  readonly asOf: (date: string) => string;
  readonly onLoan: string;
  readonly reserved: string;
  readonly ready: string;
  readonly items: (count: number) => string;
  readonly dueSoon: (title: string, day: string) => string;
  readonly toLoans: string;
  readonly reservations: string;
  readonly due: string;
  readonly daysLeft: (days: number) => string;
  readonly library: string;
  readonly callNumber: string;
  readonly renewals: string;
  readonly renewalCount: (done: number, allowed: number) => string;
  readonly pickUp: string;
  readonly state: string;
  readonly queue: (place: number) => string;
  readonly readyUntil: (day: string) => string;
  readonly loanRule: string;
}

const ja: MykulineWords = {
  name: 'MyKULINE',
  tagline: '図書館サービス',
  welcome: '借りている本と予約を、ここで確認できます。',
  lead: 'MyKULINE は、京都大学の図書館・図書室を利用する皆さんのためのオンラインサービスです。',
  offers: ['借りている資料と返却期限', '予約した資料の順番と受取期限', '学内の図書館・図書室を通した利用状況'],
  loginHint: 'ECS-ID または SPS-ID でログインします。',
  desk: '附属図書館 1階 利用窓口(平日9時から17時まで)',
  asOf: (date) => `${date}現在`,
  onLoan: '貸出中',
  reserved: '予約中',
  ready: '受取可',
  items: (count) => `${count}冊`,
  dueSoon: (title, day) => `『${title}』の返却期限は${day}です。`,
  toLoans: '借りている資料を見る',
  reservations: '予約している資料',
  due: '返却期限',
  daysLeft: (days) => `あと${days}日`,
  library: '所蔵館',
  callNumber: '請求記号',
  renewals: '延長',
  renewalCount: (done, allowed) => `${allowed}回のうち${done}回`,
  pickUp: '受取館',
  state: '状況',
  queue: (place) => `順番待ち ${place}人目`,
  readyUntil: (day) => `${day}まで受け取れます`,
  loanRule: '貸出期間は 2 週間です。次に予約している方がいなければ、1 回延長できます。',
};

const en: MykulineWords = {
  name: 'MyKULINE',
  tagline: 'Library services',
  welcome: 'Your loans and reservations in one place.',
  lead: 'MyKULINE is for everybody who uses the libraries of Kyoto University.',
  offers: [
    'What you have on loan and when it is due',
    'Your place in the queue, and until when to pick up',
    'All libraries of the University together',
  ],
  loginHint: 'Log in with your ECS-ID or SPS-ID.',
  desk: 'Main Library, service desk on the 1st floor (weekdays 9:00–17:00)',
  asOf: (date) => `As of ${date}`,
  onLoan: 'On loan',
  reserved: 'Reserved',
  ready: 'Ready to pick up',
  items: (count) => `${count} ${count === 1 ? 'item' : 'items'}`,
  dueSoon: (title, day) => `“${title}” is due on ${day}.`,
  toLoans: 'See your loans',
  reservations: 'Reservations',
  due: 'Due',
  daysLeft: (days) => `${days} ${days === 1 ? 'day' : 'days'} left`,
  library: 'Library',
  callNumber: 'Call number',
  renewals: 'Renewals',
  renewalCount: (done, allowed) => `${done} of ${allowed} used`,
  pickUp: 'Pick up at',
  state: 'State',
  queue: (place) => `Number ${place} in the queue`,
  readyUntil: (day) => `Ready, until ${day}`,
  loanRule: 'Loans run for two weeks. You can renew once if nobody else is waiting.',
};

export const mykulineWords: Readonly<Record<Language, MykulineWords>> = { ja, en };
