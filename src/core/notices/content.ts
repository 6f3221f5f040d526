/**
 * What is owed, by kind. Closed unions: a mail or message that is not listed here cannot be owed. They carry what a
 * template or protocol needs to be written at the moment of sending, in plain values.
 */
import type { Instant } from '../../base/clock.ts';
import type { Locale, Localized } from '../../base/locale.ts';

interface AboutAccount {
  /** How the person is addressed. */
  readonly name: Localized;
  readonly loginName: string;
  /** A kind of `accounts.kinds` in the configuration. */
  readonly accountKind: string;
  readonly at: Instant;
}

export type Mail =
  | ({ readonly type: 'password_changed'; readonly by: 'self' | 'desk' } & AboutAccount)
  | ({ readonly type: 'account_suspended' } & AboutAccount)
  | ({
      readonly type: 'new_device_sign_in';
      /** In a few words, such as `Chrome / Windows`; made of what the browser said of itself, so never believed. */
      readonly device: string;
      readonly address: string;
      readonly service?: Localized;
    } & AboutAccount);

export interface MailContent {
  readonly to: string;
  /** The reader's language, which comes first. */
  readonly locale: Locale;
  readonly mail: Mail;
}

/**
 * OpenID Connect Back-Channel Logout 1.0, 2.4: the token is made when it is sent, since it must be young. So is the
 * address read, and the key chosen, by the connection as it then stands; what the service was told at the login is here.
 */
export interface LogoutContent {
  readonly protocol: 'oidc';
  readonly connectionId: string;
  readonly sid: string;
  readonly sub: string;
}

export interface WebhookContent {
  readonly subscriptionId: string;
  readonly url: string;
  readonly event: string;
  /** JSON text. */
  readonly body: string;
}

export interface ContentOf {
  readonly mail: MailContent;
  readonly logout: LogoutContent;
  readonly webhook: WebhookContent;
}

export type NoticeKind = keyof ContentOf;
export const noticeKinds: readonly NoticeKind[] = ['mail', 'logout', 'webhook'];

export type NoticeContent = {
  [Kind in NoticeKind]: { readonly kind: Kind; readonly content: ContentOf[Kind] };
}[NoticeKind];

/** What a list shows of a content that stays sealed. */
export function topicOf(owed: NoticeContent): string {
  switch (owed.kind) {
    case 'mail':
      return owed.content.mail.type;
    case 'logout':
      return `${owed.content.protocol} ${owed.content.connectionId}`;
    case 'webhook':
      return owed.content.event;
  }
}
