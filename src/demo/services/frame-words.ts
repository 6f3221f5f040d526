/** The words that all services share, in both languages: one shape, so that a missing sentence does not compile. */
import type { Language } from './language.ts';
import type { ReceivedPart } from './received.ts';
import type { LogoutOutcome } from './sessions.ts';
import type { TroubleKind } from './trouble.ts';

interface TroubleWords {
  readonly title: string;
  readonly body: string;
  readonly action: string;
}

export interface FrameWords {
  readonly skip: string;
  readonly login: string;
  readonly logout: string;
  readonly otherLanguageName: string;
  readonly demo: string;
  readonly desk: string;
  readonly studentNumber: string;
  readonly affiliation: string;
  readonly units: string;
  readonly pages: string;
  readonly received: string;
  readonly receivedLead: string;
  readonly receivedIn: Readonly<Record<ReceivedPart['kind'], string>>;
  readonly notReceived: string;
  readonly loggedOut: (service: string) => {
    title: string;
    body: Readonly<Record<LogoutOutcome, string>>;
    again: string;
  };
  readonly endedElsewhere: (service: string) => { title: string; body: string; again: string };
  readonly reference: string;
  readonly toStart: string;
  readonly trouble: (service: string) => Readonly<Record<TroubleKind, TroubleWords>>;
}

const ja: FrameWords = {
  skip: '本文へ',
  login: 'ログイン',
  logout: 'ログアウト',
  otherLanguageName: 'English',
  demo: 'Sekisho の動作を示すための見本サービスです。表示している内容は架空のもので、どなたでも同じです。',
  desk: 'お問い合わせ',
  studentNumber: '学生番号',
  affiliation: '身分',
  units: '所属',
  pages: 'ページ',
  received: 'Sekisho から受け取った情報',
  receivedLead: 'ログインの際にこのサービスへ渡された項目のすべてです。',
  receivedIn: {
    userinfo: 'ご本人について(userinfo)',
    idToken: 'ログインについて(ID トークン)',
    attributes: 'ご本人について(属性)',
    assertion: 'ログインについて(アサーション)',
  },
  notReceived: '受け取っていません',
  loggedOut: (service) => ({
    title: `${service} からログアウトしました`,
    body: {
      asked:
        'Sekisho にログインしたままにした場合は、次回、パスワードを入力せずに利用できます。共用のパソコンでは、ブラウザーをすべて閉じてください。',
      untold:
        'Sekisho に接続できなかったため、ほかのサービスにはログインしたままのことがあります。ブラウザーをすべて閉じてください。',
      everywhere:
        'Sekisho からもログアウトしました。ほかのサービスを利用していた場合は、それらからもログアウトしています。',
      partly:
        'Sekisho からもログアウトしましたが、ほかのサービスには、ログアウトを確認できなかったものがあります。ブラウザーをすべて閉じてください。',
    },
    again: 'もう一度ログイン',
  }),
  endedElsewhere: (service) => ({
    title: `${service} からログアウトしました`,
    body: `Sekisho でログアウトしたか、Sekisho へのログインが終了したため、${service} からも自動的にログアウトしました。続けて利用するには、もう一度ログインしてください。`,
    again: 'もう一度ログイン',
  }),
  reference: 'お問い合わせの際は、次の記号をお伝えください。',
  toStart: 'トップページへ',
  trouble: (service) => ({
    cancelled: {
      title: 'ログインは行われませんでした',
      body: `ログインが途中で取り消されたか、${service} の利用が認められませんでした。`,
      action: 'もう一度ログイン',
    },
    expired: {
      title: 'ログインの続きができませんでした',
      body: '時間が経過したか、別のブラウザーで始めたログインです。お手数ですが、もう一度ログインしてください。',
      action: 'もう一度ログイン',
    },
    failed: {
      title: 'ログインを完了できませんでした',
      body: 'Sekisho からの応答を確認できませんでした。もう一度お試しになり、続くようでしたら窓口へご連絡ください。',
      action: 'もう一度ログイン',
    },
    fault: {
      title: '表示できませんでした',
      body: `${service} で問題が発生しました。しばらくしてから、もう一度お試しください。`,
      action: 'トップページへ',
    },
    foreign_request: {
      title: '操作を受け付けませんでした',
      body: `${service} のページからの操作であることを確認できませんでした。トップページからやり直してください。`,
      action: 'トップページへ',
    },
    not_found: {
      title: 'ページが見つかりません',
      body: 'アドレスが変わったか、入力に誤りがあるようです。',
      action: 'トップページへ',
    },
    unavailable: {
      title: '現在ログインできません',
      body: '認証システム Sekisho に接続できませんでした。しばらくしてから、もう一度お試しください。',
      action: 'もう一度試す',
    },
  }),
};

const en: FrameWords = {
  skip: 'Skip to content',
  login: 'Log in',
  logout: 'Log out',
  otherLanguageName: '日本語',
  demo: 'A sample service that shows Sekisho at work. What it displays is invented and the same for everybody.',
  desk: 'Contact',
  studentNumber: 'Student number',
  affiliation: 'Affiliation',
  units: 'Unit',
  pages: 'Pages',
  received: 'What we received from Sekisho',
  receivedLead: 'Everything that was handed to this service when you logged in.',
  receivedIn: {
    userinfo: 'About you (userinfo)',
    idToken: 'About the login (ID token)',
    attributes: 'About you (attributes)',
    assertion: 'About the login (assertion)',
  },
  notReceived: 'Not received',
  loggedOut: (service) => ({
    title: `You are logged out of ${service}`,
    body: {
      asked:
        'If you stayed logged in at Sekisho, you can come back without a password. On a shared computer, close every browser window.',
      untold:
        'Sekisho could not be reached, so you may still be logged in to other services. Please close every browser window.',
      everywhere: 'You are logged out of Sekisho too, and of any other service that you used.',
      partly:
        'You are logged out of Sekisho too, but not every other service has confirmed it. Please close every browser window.',
    },
    again: 'Log in again',
  }),
  endedElsewhere: (service) => ({
    title: `You are logged out of ${service}`,
    body: `You logged out at Sekisho, or your login there came to its end, so ${service} has logged you out too. To go on, please log in again.`,
    again: 'Log in again',
  }),
  reference: 'If you contact the desk, please quote this code.',
  toStart: 'To the start page',
  trouble: (service) => ({
    cancelled: {
      title: 'You were not logged in',
      body: `The login was cancelled on the way, or you may not use ${service}.`,
      action: 'Log in again',
    },
    expired: {
      title: 'This login could not be continued',
      body: 'It took too long, or it was begun in another browser. Please log in again.',
      action: 'Log in again',
    },
    failed: {
      title: 'The login could not be completed',
      body: 'The answer from Sekisho could not be verified. Please try again, and contact the desk if this goes on.',
      action: 'Log in again',
    },
    fault: {
      title: 'This page could not be shown',
      body: `Something went wrong at ${service}. Please try again in a little while.`,
      action: 'To the start page',
    },
    foreign_request: {
      title: 'This was not accepted',
      body: `We could not confirm that the request came from a page of ${service}. Please go on from the start page.`,
      action: 'To the start page',
    },
    not_found: {
      title: 'Page not found',
      body: 'The address may have changed, or it may be mistyped.',
      action: 'To the start page',
    },
    unavailable: {
      title: 'You cannot log in just now',
      body: 'The login system, Sekisho, could not be reached. Please try again in a little while.',
      action: 'Try again',
    },
  }),
};

export const frameWords: Readonly<Record<Language, FrameWords>> = { ja, en };
