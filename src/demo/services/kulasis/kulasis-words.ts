/** KULASIS in both languages. */
import type { Language } from '../language.ts';
import type { SiteWords } from '../service-site.ts';

interface KulasisWords extends SiteWords {
  readonly today: string;
  readonly term: string;
  readonly asOf: (date: string) => string;
  readonly notices: string;
  readonly timetable: string;
  readonly period: (number: number) => string;
  readonly credits: string;
  readonly creditsEarned: string;
  readonly creditCount: (count: number) => string;
  readonly gpa: string;
  readonly course: string;
  readonly grade: string;
  readonly summary: string;
  readonly key: string;
}

const ja: KulasisWords = {
  name: 'KULASIS',
  tagline: '教務情報システム',
  welcome: '授業と成績を、ここで確認できます。',
  lead: 'KULASIS は、学生の皆さんの履修と成績に関する情報を提供する教務情報システムです。',
  offers: ['今日の授業と一週間の時間割', '休講・教室変更などのお知らせ', '成績と修得単位数'],
  loginHint: '学生アカウント(ECS-ID)でログインします。',
  desk: '吉田南1号館 1階 教務窓口(平日9時から17時まで)',
  today: '今日の授業',
  term: '2026年度 前期',
  asOf: (date) => `${date}現在`,
  notices: 'お知らせ',
  timetable: '時間割',
  period: (number) => `${number}限`,
  credits: '単位',
  creditsEarned: '修得単位数',
  creditCount: (count) => `${count}単位`,
  gpa: 'GPA',
  course: '科目名',
  grade: '評価',
  summary: '成績の概要',
  key: '評価は A+・A・B・C・D・F の 6 段階です。D 以上で単位を修得します。',
};

const en: KulasisWords = {
  name: 'KULASIS',
  tagline: 'Academic affairs system',
  welcome: 'Your classes and grades in one place.',
  lead: 'KULASIS tells students of the University what they are registered for, where to be, and how they did.',
  offers: ['Today’s classes and the week’s timetable', 'Cancelled classes and changes of room', 'Grades and credits'],
  loginHint: 'Log in with your student account (ECS-ID).',
  desk: 'Academic affairs desk, Yoshida-South Bldg. No. 1 (weekdays 9:00–17:00)',
  today: 'Today’s classes',
  term: 'First semester 2026',
  asOf: (date) => `As of ${date}`,
  notices: 'Notices',
  timetable: 'Timetable',
  period: (number) => `Period ${number}`,
  credits: 'Credits',
  creditsEarned: 'Credits earned',
  creditCount: (count) => `${count} ${count === 1 ? 'credit' : 'credits'}`,
  gpa: 'GPA',
  course: 'Course',
  grade: 'Grade',
  summary: 'Your grades in short',
  key: 'Grades are A+, A, B, C, D and F. Credits are earned with D or better.',
};

export const kulasisWords: Readonly<Record<Language, KulasisWords>> = { ja, en };
