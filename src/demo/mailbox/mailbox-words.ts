/** What the mailbox says around the mails. */
import type { Locale } from '../../base/locale.ts';

export interface MailboxWords {
  readonly title: string;
  readonly lead: string;
  readonly empty: string;
  readonly emptyHint: string;
  readonly from: string;
  readonly to: string;
  readonly received: string;
  readonly back: string;
  readonly formatted: string;
  readonly plain: string;
  readonly form: string;
  readonly content: string;
  readonly noSubject: string;
  readonly gone: string;
  readonly choose: string;
  readonly otherLanguage: string;
  readonly skip: string;
}

export const mailboxWords: Readonly<Record<Locale, MailboxWords>> = {
  ja: {
    title: 'デモのメール',
    lead: 'デモが送ったメールは、宛先にかかわらずここに届きます。外部には送信されません。',
    empty: 'メールはまだありません',
    emptyHint: 'パスワードの変更など、お知らせが送られる操作をすると、ここに届きます。',
    from: '差出人',
    to: '宛先',
    received: '受信日時',
    back: '一覧に戻る',
    formatted: 'HTML',
    plain: 'テキスト',
    form: '表示形式',
    content: 'メールの本文',
    noSubject: '(件名なし)',
    gone: 'このメールはありません',
    choose: 'メールを選ぶと、ここに表示されます。',
    otherLanguage: 'English',
    skip: '本文へ',
  },
  en: {
    title: 'Mails of the demo',
    lead: 'Every mail the demo sends arrives here, whoever it is for. Nothing leaves this machine.',
    empty: 'No mails yet',
    emptyHint: 'Do something that people are told about, such as changing a password, and it arrives here.',
    from: 'From',
    to: 'To',
    received: 'Received',
    back: 'All mails',
    formatted: 'HTML',
    plain: 'Text',
    form: 'Form',
    content: 'The mail',
    noSubject: '(no subject)',
    gone: 'There is no such mail',
    choose: 'Choose a mail to read it here.',
    otherLanguage: '日本語',
    skip: 'Skip to content',
  },
};
