/** Invented loans and reservations of real books, by scholars of Kyoto, on one fixed day. */
import { formatDate, formatDay } from '../format-date.ts';
import type { Language, Text } from '../language.ts';

interface Book {
  readonly title: Text;
  readonly author: Text;
  readonly callNumber: string;
  readonly library: Text;
}

const mainLibrary: Text = { ja: '附属図書館', en: 'Main Library' };
const yoshidaSouth: Text = { ja: '吉田南総合図書館', en: 'Yoshida-South Library' };
const today = new Date('2026-06-12T09:00:00+09:00');
const dayInMs = 24 * 60 * 60_000;
const soonInDays = 3;
const renewalsAllowed = 1;

const loans: readonly (Book & { readonly due: Date; readonly renewals: number })[] = [
  {
    title: { ja: '善の研究', en: 'An Inquiry into the Good (Zen no kenkyū)' },
    author: { ja: '西田幾多郎', en: 'Nishida Kitarō' },
    callNumber: '121.63||N',
    library: mainLibrary,
    due: new Date('2026-06-15T09:00:00+09:00'),
    renewals: 1,
  },
  {
    title: { ja: '旅人:ある物理学者の回想', en: 'The Traveler (Tabibito)' },
    author: { ja: '湯川秀樹', en: 'Yukawa Hideki' },
    callNumber: '289.1||Y',
    library: yoshidaSouth,
    due: new Date('2026-06-22T09:00:00+09:00'),
    renewals: 0,
  },
  {
    title: { ja: '生物の世界', en: 'The World of Living Things (Seibutsu no sekai)' },
    author: { ja: '今西錦司', en: 'Imanishi Kinji' },
    callNumber: '460.4||I',
    library: yoshidaSouth,
    due: new Date('2026-06-26T09:00:00+09:00'),
    renewals: 0,
  },
];

type ReservationState =
  | { readonly kind: 'ready'; readonly until: Date }
  | { readonly kind: 'waiting'; readonly place: number };

const reservations: readonly (Book & { readonly state: ReservationState })[] = [
  {
    title: { ja: '春宵十話', en: 'Ten Stories for Spring Evenings (Shunshō jūwa)' },
    author: { ja: '岡潔', en: 'Oka Kiyoshi' },
    callNumber: '914.6||O',
    library: mainLibrary,
    state: { kind: 'ready', until: new Date('2026-06-18T09:00:00+09:00') },
  },
  {
    title: { ja: '文明の生態史観', en: 'An Ecological View of History (Bunmei no seitai shikan)' },
    author: { ja: '梅棹忠夫', en: 'Umesao Tadao' },
    callNumber: '204||U',
    library: yoshidaSouth,
    state: { kind: 'waiting', place: 2 },
  },
];

/** Everything both pages show; dates as words, distances in whole days from the fixed day. */
export function holdings(language: Language): object {
  const shownLoans = loans.map((loan) => {
    const daysLeft = Math.round((loan.due.getTime() - today.getTime()) / dayInMs);
    const due = formatDay(loan.due, language);
    return {
      ...shown(loan, language),
      due,
      stamp: stampOf(loan.due),
      daysLeft,
      isSoon: daysLeft <= soonInDays,
      renewals: loan.renewals,
    };
  });
  return {
    asOf: formatDate(today, language),
    renewalsAllowed,
    loans: shownLoans,
    dueSoon: shownLoans.filter((loan) => loan.isSoon),
    readyCount: reservations.filter(({ state }) => state.kind === 'ready').length,
    reservations: reservations.map(({ state, ...book }) => ({
      ...shown(book, language),
      isReady: state.kind === 'ready',
      until: state.kind === 'ready' ? formatDay(state.until, language) : undefined,
      place: state.kind === 'waiting' ? state.place : undefined,
    })),
  };
}

const shown = (book: Book, language: Language) => ({
  title: book.title[language],
  author: book.author[language],
  callNumber: book.callNumber,
  library: book.library[language],
});

/** As on a date slip: 6.15. */
const stampOf = (when: Date): string =>
  new Intl.DateTimeFormat('en-US', { month: 'numeric', day: 'numeric', timeZone: 'Asia/Tokyo' })
    .format(when)
    .replace('/', '.');
