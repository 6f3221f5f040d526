/** The pages on which a person looks after their own account. Times are words already, in the reader's language. */
import type { SecondFactorKind } from '../core/credentials/factor-use.ts';
import type { DeskModel, FormModel, NewPasswordModel } from './view-parts.ts';

export const accountPlaces = ['overview', 'factors', 'sessions', 'activity', 'password'] as const;
export type AccountPlace = (typeof accountPlaces)[number];

/** What was just done, told once above the page. */
export const deeds = ['added', 'renamed', 'removed', 'ended', 'others_ended', 'trust_ended', 'password_set'] as const;
export type Deed = (typeof deeds)[number];

interface AccountPage {
  readonly place: AccountPlace;
  readonly deed?: Deed;
}

/** Whether a second factor can be set up here: now, until a day, or after a visit to a desk. */
export type SetUpState =
  | { readonly kind: 'open' }
  | { readonly kind: 'until'; readonly day: string }
  | { readonly kind: 'desk'; readonly desk: DeskModel };

export interface AccountOverviewView extends AccountPage {
  readonly name: string;
  readonly loginName: string;
  readonly accountKind: string;
  readonly universityMail?: string;
  readonly passwordSet?: string;
  /** Each with how many of it there are. */
  readonly factors: readonly { readonly kind: SecondFactorKind; readonly count: string }[];
  /** Absent where there are factors that need no such codes, or none at all. */
  readonly recoveryCodes?: { readonly left: string; readonly isFew: boolean };
  readonly setUp: SetUpState;
  /** Names of services that require a second factor; asked only where the account has none. */
  readonly requiredBy: readonly string[];
  readonly sessions: string;
}

export interface OwnFactor {
  readonly kind: SecondFactorKind;
  readonly name: string;
  /** Where codes go, what product it is, or for whom it was issued. */
  readonly detail?: string;
  /** A passkey that goes along to the person's other devices. */
  readonly isSynced: boolean;
  /** The last day of a certificate. */
  readonly ends?: string;
  readonly added: string;
  readonly lastUsed?: string;
}

export interface AccountFactorsView extends AccountPage {
  readonly csrf: string;
  readonly passwordSet?: string;
  readonly factors: readonly (OwnFactor & { readonly href: string })[];
  /** Absent where there is nothing that they could stand in for. */
  readonly recoveryCodes?: {
    readonly left: string;
    readonly isFew: boolean;
    readonly made?: string;
    readonly action: string;
  };
  readonly addAction: string;
  readonly setUp: SetUpState;
}

/** Posts `name` to `action`, and nothing to `removeAction`. */
export interface AccountFactorView extends AccountPage, FormModel {
  readonly factor: OwnFactor;
  readonly removeAction: string;
  /** Names of services for which it is the last that does; then it cannot be removed. */
  readonly neededBy: readonly string[];
  /** With it go the recovery codes. */
  readonly isLast: boolean;
  readonly problem?: 'no_name';
  readonly error: boolean;
  readonly backHref: string;
}

/** Shown until the person posts that they are kept. */
export interface AccountCodesView extends AccountPage, FormModel {
  readonly codes: readonly string[];
  readonly loginName: string;
}

export interface AccountSessionsView extends AccountPage, FormModel {
  readonly sessions: readonly {
    readonly id: string;
    readonly isPresent: boolean;
    /** Absent where the browser says nothing that is known. */
    readonly device?: string;
    readonly address: string;
    readonly started: string;
    readonly seen: string;
    readonly factors: readonly (SecondFactorKind | 'password')[];
    readonly services: readonly string[];
  }[];
  readonly endOthersAction: string;
  /** In which no second factor is asked for where a service allows that. */
  readonly trusted: readonly {
    readonly id: string;
    readonly device?: string;
    readonly since: string;
    readonly until: string;
  }[];
  readonly endTrustAction: string;
}

export interface AccountActivityView extends AccountPage {
  readonly month: string;
  readonly entries: readonly {
    readonly at: string;
    readonly text: string;
    /** Of the address, the factors, who did it. */
    readonly details: readonly string[];
    /** Worth a second look. */
    readonly isWarning: boolean;
  }[];
  readonly newerHref?: string;
  readonly olderHref?: string;
  /** Of the same month. */
  readonly moreHref?: string;
  readonly sessionsHref: string;
  readonly passwordHref: string;
}

export interface AccountPasswordView extends AccountPage, FormModel {
  readonly loginName: string;
  readonly newPassword: NewPasswordModel;
  readonly currentProblem?: 'missing' | 'wrong' | 'throttled';
  readonly isUnchanged: boolean;
  readonly retryAfterSeconds?: number;
  readonly error: boolean;
}
