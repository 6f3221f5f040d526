/** The pages on which a second factor is chosen, or one is set up in the middle of a login. */
import type { SecondFactorKind } from '../core/credentials/factor-use.ts';
import type { Because } from '../login/asked-because.ts';
import type { Enrolable } from '../login/second-factor.ts';
import type { DeskModel, LoginForm, ServiceModel } from './view-parts.ts';

/** Why more than a password is asked for, said in one line (views/parts/asked-because.ejs). */
export interface AskedBecause {
  readonly service?: ServiceModel;
  readonly because?: Because;
}

/** Posts `choice`: a kind, or `skip`. */
export interface ChooseFactorView extends LoginForm<'choose-factor'>, AskedBecause {
  readonly ways: readonly {
    readonly kind: SecondFactorKind;
    /** Names that the person gave, or masked addresses. */
    readonly labels: readonly string[];
    /** A date in words. */
    readonly lastUsed?: string;
  }[];
  readonly maySkip: boolean;
  /** Where somebody goes who has none of them at hand. */
  readonly desk: DeskModel;
  readonly cancelHref: string;
}

/** Posts `choice`: a kind. The first is recommended. */
export interface EnrolFactorView extends LoginForm<'enrol-factor'>, AskedBecause {
  readonly kinds: readonly Enrolable[];
  /** Also posts `choice`: `certificate`, for whoever has one already. */
  readonly orCertificate?: boolean;
  /** One more, from the person's own pages: no service is waiting. */
  readonly isAdding?: boolean;
  readonly cancelHref: string;
}

/** Posts `choice`: `kept`. */
export interface KeepRecoveryCodesView extends LoginForm<'keep-recovery-codes'> {
  readonly service?: ServiceModel;
  readonly codes: readonly string[];
  readonly loginName: string;
}
