/** An invented week of liberal-arts classes, which suit a student of any faculty, on one fixed day. */
import { formatDate, formatDay } from '../format-date.ts';
import type { Language, Text } from '../language.ts';

interface Lesson {
  readonly day: 1 | 2 | 3 | 4 | 5;
  readonly period: 1 | 2 | 3 | 4 | 5;
  readonly title: Text;
  readonly room: Text;
  readonly change?: Text;
}

const yoshidaFour = (number: string): Text => ({ ja: `4共${number}`, en: `Bldg. 4, ${number}` });
const yoshidaSouth = (number: string): Text => ({ ja: `共北${number}`, en: `North ${number}` });
const yoshidaEast = (number: string): Text => ({ ja: `共東${number}`, en: `East ${number}` });

const lessons: readonly Lesson[] = [
  { day: 1, period: 2, title: { ja: '統計入門', en: 'Introductory Statistics' }, room: yoshidaSouth('26') },
  { day: 1, period: 4, title: { ja: 'ドイツ語IIA', en: 'German IIA' }, room: yoshidaEast('41') },
  {
    day: 2,
    period: 1,
    title: { ja: '西洋社会思想史', en: 'History of Western Social Thought' },
    room: yoshidaFour('11'),
  },
  {
    day: 2,
    period: 3,
    title: { ja: '英語リーディング', en: 'English Reading' },
    room: yoshidaEast('32'),
    change: { ja: '16日は休講', en: 'Cancelled on the 16th' },
  },
  { day: 3, period: 2, title: { ja: '心理学I', en: 'Psychology I' }, room: yoshidaFour('30') },
  { day: 4, period: 2, title: { ja: '情報と社会', en: 'Information and Society' }, room: yoshidaSouth('37') },
  { day: 4, period: 3, title: { ja: 'スポーツ実習IA', en: 'Sports IA' }, room: { ja: '総合体育館', en: 'Gymnasium' } },
  { day: 5, period: 2, title: { ja: 'ドイツ語IIA', en: 'German IIA' }, room: yoshidaEast('41') },
  {
    day: 5,
    period: 3,
    title: { ja: '環境学', en: 'Environmental Studies' },
    room: yoshidaFour('21'),
    change: { ja: '教室変更', en: 'Room changed' },
  },
  { day: 5, period: 5, title: { ja: 'ILASセミナー', en: 'ILAS Seminar' }, room: yoshidaSouth('2A') },
];

const periodTimes = ['8:45–10:15', '10:30–12:00', '13:15–14:45', '15:00–16:30', '16:45–18:15'] as const;
const today = new Date('2026-06-12T08:30:00+09:00');
const todaysDay = 5;
const monday = new Date('2026-06-08T00:00:00+09:00');
const dayInMs = 24 * 60 * 60_000;

const notices: readonly { readonly on: Date; readonly text: Text }[] = [
  {
    on: new Date('2026-06-12T08:00:00+09:00'),
    text: {
      ja: '「環境学」(金曜3限)の教室が 4共21 に変わりました。',
      en: 'Environmental Studies (Friday, period 3) has moved to Bldg. 4, room 21.',
    },
  },
  {
    on: new Date('2026-06-11T15:00:00+09:00'),
    text: {
      ja: '6月16日(火)3限「英語リーディング」は休講です。',
      en: 'English Reading on Tuesday 16 June, period 3, is cancelled.',
    },
  },
  {
    on: new Date('2026-06-08T10:00:00+09:00'),
    text: {
      ja: '前期の履修取消は 6月19日(金)17:00 までです。',
      en: 'You can drop first-semester courses until Fri 19 June, 17:00.',
    },
  },
];

export function timetable(language: Language): object {
  const shown = lessons.map((lesson) => ({
    day: lesson.day,
    period: lesson.period,
    time: periodTimes[lesson.period - 1],
    title: lesson.title[language],
    room: lesson.room[language],
    change: lesson.change?.[language],
  }));
  const weekday = new Intl.DateTimeFormat(language, {
    weekday: language === 'ja' ? 'short' : 'long',
    timeZone: 'Asia/Tokyo',
  });
  const days = [1, 2, 3, 4, 5].map((day) => ({
    day,
    isToday: day === todaysDay,
    name: weekday.format(new Date(monday.getTime() + (day - 1) * dayInMs)),
    lessons: shown.filter((lesson) => lesson.day === day),
  }));
  return {
    today: formatDay(today, language),
    asOf: formatDate(today, language),
    todays: shown.filter((lesson) => lesson.day === todaysDay),
    days,
    periods: periodTimes.map((time, index) => ({
      number: index + 1,
      time,
      cells: days.map(({ lessons: ofDay, isToday }) => ({
        isToday,
        lesson: ofDay.find(({ period }) => period === index + 1),
      })),
    })),
    notices: notices.map(({ on, text }) => ({ on: formatDay(on, language), text: text[language] })),
  };
}
