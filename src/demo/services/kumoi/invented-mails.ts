/** Invented mails of the last days, as they lie in everybody's mailbox here. */
import type { Text } from '../language.ts';
import type { Mail } from './mail.ts';

interface Invented {
  readonly id: string;
  readonly from: Text;
  readonly address: string;
  readonly to?: Text;
  readonly subject: Text;
  readonly text: Text;
  /** Days ago, and the time of that day in Japan. */
  readonly sent: readonly [days: number, time: string];
}

const classmate: Text = { ja: '西山 遥', en: 'Nishiyama Haruka' };

const inbox: readonly Invented[] = [
  {
    id: 'class-cancelled',
    from: { ja: '国際高等教育院 教務掛', en: 'Institute for Liberal Arts and Sciences, Academic Affairs' },
    address: 'kyomu@mail.example',
    subject: { ja: '休講のお知らせ(ドイツ語IIA)', en: 'Class cancelled: German IIA' },
    text: {
      ja: '履修者の皆さん\n\n次回のドイツ語IIAは、担当教員の出張のため休講とします。補講の日程は、決まり次第 KULASIS でお知らせします。\n\n国際高等教育院 教務掛',
      en: 'To all participants\n\nThe next class of German IIA is cancelled, because the teacher is travelling. When it will be made up for is told in KULASIS as soon as it is decided.\n\nAcademic Affairs, Institute for Liberal Arts and Sciences',
    },
    sent: [1, '16:20'],
  },
  {
    id: 'report',
    from: classmate,
    address: 'nishiyama.haruka@mail.example',
    subject: { ja: 'Re: 自然地理学のレポート', en: 'Re: Geography report' },
    text: {
      ja: 'ありがとう、助かりました!\n\n図は鴨川の流域のほうを使います。明日の3限のあと、附属図書館のラーニング・コモンズで続きをやりませんか。\n\n西山',
      en: 'Thank you, that helped a lot!\n\nI will take the map of the Kamo river basin. Shall we go on tomorrow after the third period, in the Learning Commons of the Main Library?\n\nHaruka',
    },
    sent: [1, '12:05'],
  },
  {
    id: 'book-due',
    from: { ja: '附属図書館', en: 'Main Library' },
    address: 'library@mail.example',
    subject: { ja: '返却期限が近づいています(1冊)', en: 'One book is due soon' },
    text: {
      ja: 'ご利用中の資料の返却期限が近づいています。\n\n『善の研究』 西田幾多郎\n\n次に予約している方がいなければ、MyKULINE で延長できます。このメールには返信できません。\n\n附属図書館 利用窓口',
      en: 'A book that you have on loan is due soon.\n\nAn Inquiry into the Good, Nishida Kitarō\n\nIf nobody else is waiting for it, you can renew it in MyKULINE. Please do not reply to this mail.\n\nMain Library, service desk',
    },
    sent: [2, '09:00'],
  },
  {
    id: 'phishing',
    from: { ja: '情報環境支援センター', en: 'ICT Support Center' },
    address: 'support@mail.example',
    subject: {
      ja: '【注意】大学をかたる不審なメールが届いています',
      en: 'Beware of mails that pretend to come from the University',
    },
    text: {
      ja: '「メールボックスの容量が超過しました」などの件名で、偽のログイン画面に誘導するメールが学内で確認されています。\n\nログイン画面では、サービス名とアドレスを必ず確認してください。パスワードやコードを、職員がメールや電話でお尋ねすることはありません。入力してしまったときは、すぐに窓口へご連絡ください。\n\n情報環境支援センター',
      en: 'Mails with subjects such as “Your mailbox is full”, which lead to a false log-in page, have been seen on campus.\n\nAlways look at the name of the service and at the address of the page before you log in. Nobody of the University asks for a password or a code by mail or telephone. If you have typed yours, contact us at once.\n\nICT Support Center',
    },
    sent: [4, '10:30'],
  },
];

const sent: readonly Invented[] = [
  {
    id: 'report-maps',
    from: { ja: '自分', en: 'Me' },
    address: '',
    to: classmate,
    subject: { ja: '自然地理学のレポート', en: 'Geography report' },
    text: {
      ja: '西山さん\n\n流域の図を二つ作ってみました。鴨川と桂川、どちらがよいと思いますか。',
      en: 'Hi Haruka,\n\nI have drawn two maps, of the Kamo and of the Katsura river. Which one do you think is better?',
    },
    sent: [1, '11:40'],
  },
];

const dayInMs = 24 * 60 * 60_000;

/** Seen from `now`, so that they are as recent as the mails that the demonstration sends, and never from the future. */
export function inventedMails(now: Date): { readonly inbox: readonly Mail[]; readonly sent: readonly Mail[] } {
  const mailOf = ({ text, sent: [days, time], ...mail }: Invented): Mail => ({
    ...mail,
    sentAt: new Date(`${dayInJapan(now.getTime() - days * dayInMs)}T${time}:00+09:00`),
    body: { ja: [{ text: text.ja, isLink: false }], en: [{ text: text.en, isLink: false }] },
    isReal: false,
  });
  return { inbox: inbox.map(mailOf), sent: sent.map(mailOf) };
}

/** 2026-04-10 */
const dayInJapan = (when: number): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: 'Asia/Tokyo' }).format(when);
