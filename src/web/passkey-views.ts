/** Pages with a passkey on them (assets/passkey.js). Each posts `passkey`, the browser's answer to `options`, in JSON. */
import type { AskedBecause } from './second-factor-views.ts';
import type { LoginForm } from './view-parts.ts';

/** A form that asks for a passkey: what the browser is given, as the specification spells it. */
export interface PasskeyOptions {
  readonly options: object;
}

/** Beside the password. */
export interface OfferedPasskey extends PasskeyOptions {
  /** One that was used and that nobody has here: the browser is told, so that it stops offering it. */
  readonly unknown?: string;
}

/** With `choice=another` the person wishes to choose. Without an error it asks by itself. */
export interface PasskeyView extends LoginForm<'passkey'>, AskedBecause, PasskeyOptions {
  readonly hasOtherWays: boolean;
  readonly error?: 'failed' | 'incomplete' | 'unknown_passkey' | 'passkey_reversed';
  readonly cancelHref: string;
}

/** With `choice=other` the person wishes to set up something else. */
export interface EnrolPasskeyView extends LoginForm<'enrol-passkey'>, AskedBecause, PasskeyOptions {
  readonly hasOtherKinds: boolean;
  readonly error?: 'failed' | 'incomplete' | 'not_accepted';
  readonly cancelHref: string;
}
