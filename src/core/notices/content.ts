/**
 * What is owed, by kind. Closed unions: a mail or message that is not listed here cannot be owed. They carry what a
 * template or protocol needs to be written at the moment of sending, in plain values.
 */
import type { Instant } from '../../base/clock.ts';
import type { Locale, Localized } from '../../base/locale.ts';
import type { SecondFactorKind } from '../credentials/factor-use.ts';

interface AboutAccount {
  /** How the person is addressed. */
  readonly name: Localized;
  readonly loginName: string;
  /** A kind of `accounts.kinds` in the configuration. */
  readonly accountKind: string;
  readonly at: Instant;
}

/** What may have been done by somebody else. Every such mail carries the way to say so. */
interface Warning extends AboutAccount {
  readonly notMe: {
    /** Of the page `/not-me/<token>`; it is sealed here, and lies elsewhere as a digest only. */
    readonly token: string;
    readonly until: Instant;
  };
}

interface AboutFactor {
  readonly factor: SecondFactorKind;
  /** A notification address, masked. No name that somebody typed: a mail of ours must not carry a stranger's words. */
  readonly target?: string;
}

/** A code that somebody asked for a moment ago. The mail is owed with `lapsesAt`. */
interface AskedCode {
  readonly code: string;
  readonly expiresAt: Instant;
  readonly service: Localized;
  /** See new_device_sign_in. */
  readonly device?: string;
  readonly at: Instant;
}

export type Mail =
  | ({ readonly type: 'sign_in_code' } & AskedCode & AboutAccount)
  /** To an address that may be a stranger's, typed wrongly: it names nobody. */
  | ({ readonly type: 'confirm_address' } & AskedCode)
  | ({ readonly type: 'password_changed'; readonly by: 'self' | 'desk' | 'key' } & Warning)
  | ({ readonly type: 'account_suspended' } & AboutAccount)
  /** By its owner, who said that something was not them. */
  | ({ readonly type: 'account_locked' } & AboutAccount)
  | ({
      readonly type: 'new_device_sign_in';
      /** In a few words, such as `Chrome / Windows`; made of what the browser said of itself, so never believed. */
      readonly device?: string;
      readonly address: string;
      readonly service?: Localized;
    } & Warning)
  | ({ readonly type: 'factor_added' } & AboutFactor & Warning)
  | ({ readonly type: 'factor_removed' } & AboutFactor & Warning)
  /** All of them, by two people at the desk. */
  | ({ readonly type: 'factors_reset' } & Warning)
  | ({ readonly type: 'recovery_code_used'; readonly left: number } & Warning)
  | ({ readonly type: 'recovery_codes_renewed' } & Warning)
  /** A signature counter that runs backwards: the passkey may have been copied. */
  | ({ readonly type: 'passkey_reversed' } & Warning);

/** Those of which the reader can say that it was not them. */
export type WarningType = Extract<Mail, Warning>['type'];

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
export interface OidcLogoutContent {
  readonly protocol: 'oidc';
  readonly connectionId: string;
  readonly sid: string;
  readonly sub: string;
}

/** The same for a LogoutRequest by SOAP (SAML Core 3.7.1). */
export interface SamlLogoutContent {
  readonly protocol: 'saml';
  readonly connectionId: string;
  /** Of the participant: the name and the index by which the service knows the session. */
  readonly handles: Readonly<Record<string, string>>;
}

export type LogoutContent = OidcLogoutContent | SamlLogoutContent;

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
