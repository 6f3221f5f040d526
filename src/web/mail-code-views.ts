/** The pages of a mailed code: giving it, and registering the address to which it goes. Both post `code`. */
import type { ShownCode } from '../login/mailed-code.ts';
import type { ShownProblem } from '../login/shown-problem.ts';
import type { AskedBecause } from './second-factor-views.ts';
import type { LoginForm } from './view-parts.ts';

/**
 * Instead of a code posts `choice`: `another` for another way, `resend` for another mail, `resend:<id>` for one to another
 * of the person's addresses.
 */
export interface MailCodeView extends LoginForm<'mail-code'>, AskedBecause, ShownCode {
  readonly others: readonly { readonly id: string; readonly target: string }[];
  readonly hasOtherWays: boolean;
  readonly cancelHref: string;
}

/** Posts `address`, then `code`; with `choice` `resend`, `change` (the address) or `other` (another kind of factor). */
export interface EnrolMailView extends LoginForm<'enrol-mail'>, AskedBecause {
  /** As typed. */
  readonly address: string;
  readonly ownDomains: readonly string[];
  readonly error?: ShownProblem['error'];
  /** With `throttled`. */
  readonly retryAfterSeconds?: number;
  /** No more mails can be sent in this login. */
  readonly isExhausted: boolean;
  /** When a code went there; its target is the whole address, since the person has just typed it. */
  readonly code?: ShownCode;
  readonly hasOtherKinds: boolean;
  readonly cancelHref: string;
}
