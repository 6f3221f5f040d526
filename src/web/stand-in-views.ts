/** The pages for what stands in for a second factor that is not at hand: recovery codes, and the pass of a desk. */
import type { AskedBecause } from './second-factor-views.ts';
import type { DeskModel, LoginForm, ServiceModel } from './view-parts.ts';

/** Posts `code`, or `choice`: `another`. */
interface CodeForm<Step extends string> extends LoginForm<Step>, AskedBecause {
  readonly hasOtherWays: boolean;
  readonly error?: 'wrong' | 'lapsed' | 'throttled' | 'incomplete';
  /** With `throttled`. */
  readonly retryAfterSeconds?: number;
  readonly cancelHref: string;
}

export interface RecoveryCodeView extends CodeForm<'recovery-code'> {}

/** Posts `choice`: `seen`. */
export interface RecoveryCodesLeftView extends LoginForm<'recovery-codes-left'> {
  readonly service?: ServiceModel;
  readonly left: number;
  readonly areFew: boolean;
  readonly factorsUrl: string;
}

export interface TemporaryPassView extends CodeForm<'temporary-pass'> {
  /** A time in words. */
  readonly goodUntil?: string;
  /** Where there is another, once it has expired. */
  readonly desk: DeskModel;
}
