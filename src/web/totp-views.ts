/** The pages of an authenticator app: giving its code, setting it up. Both post `code`. */
import type { AskedBecause } from './second-factor-views.ts';
import type { LoginForm } from './view-parts.ts';

/** With `choice=another` instead of a code, the person wishes to choose. */
export interface TotpView extends LoginForm<'totp'>, AskedBecause {
  /** The names of all that would do. */
  readonly apps: readonly string[];
  readonly hasOtherWays: boolean;
  readonly error?: 'wrong' | 'used' | 'throttled' | 'incomplete';
  /** With `throttled`. */
  readonly retryAfterSeconds?: number;
  readonly cancelHref: string;
}

/** Posts `name` too; with `choice=other` the person wishes to set up something else. */
export interface EnrolTotpView extends LoginForm<'enrol-totp'>, AskedBecause {
  readonly invitation: {
    /** Of the QR code and the link: otpauth://… */
    readonly uri: string;
    /** Base32 in groups of four. */
    readonly key: string;
    readonly issuer: string;
    readonly loginName: string;
  };
  /** As it was typed before. */
  readonly appName?: string;
  readonly hasOtherKinds: boolean;
  readonly error?: 'wrong' | 'incomplete';
  readonly cancelHref: string;
}
