/**
 * Every page there is and what it needs. A view name without a model, or a model without a file in views/, fails a
 * test. Whatever comes from configuration or the store arrives here already in the reader's language; sentences of our
 * own come from i18n inside the view. A model never holds a password.
 */

import type { Because } from '../login/asked-because.ts';
import type {
  AccountActivityView,
  AccountCodesView,
  AccountFactorsView,
  AccountFactorView,
  AccountOverviewView,
  AccountPasswordView,
  AccountSessionsView,
} from './account-views.ts';
import type { CertificateView } from './certificate-views.ts';
import type { LogoutRoundView } from './logout-views.ts';
import type { EnrolMailView, MailCodeView } from './mail-code-views.ts';
import type { NotMeConfirmView, NotMeDoneView } from './not-me-views.ts';
import type { EnrolPasskeyView, OfferedPasskey, PasskeyView } from './passkey-views.ts';
import type { ChooseFactorView, EnrolFactorView, KeepRecoveryCodesView } from './second-factor-views.ts';
import type { RecoveryCodesLeftView, RecoveryCodeView, TemporaryPassView } from './stand-in-views.ts';
import type { EnrolTotpView, TotpView } from './totp-views.ts';
import type { DeskModel, FormModel, LoginForm, NewPasswordModel, ServiceModel } from './view-parts.ts';

export interface ServiceTile extends ServiceModel {
  readonly href: string;
}

/** What is the same on every page of an installation, in one language. */
export interface SiteFrame {
  readonly university: {
    readonly name: string;
    readonly shortName: string;
    readonly systemName: string;
    readonly logo?: string;
  };
  readonly desk: DeskModel;
  readonly rulesUrl?: string;
  readonly helpHref: string;
  /** Addresses from assets.ts, in order. */
  readonly stylesheets: readonly string[];
  readonly scripts: readonly string[];
  /** Asked for by the pages on which a password is set. */
  readonly newPasswordScript: string;
  /** Asked for by the pages on which a passkey can be used or made. */
  readonly passkeyScript: string;
  readonly logoutScript: string;
  readonly icon: string;
}

/** What a page is told about the request that it answers. */
export interface PageFrame {
  /** Path and query of this page: the language link goes there with `lang` set. */
  readonly path: string;
  readonly signedInAs?: { readonly name: string; readonly loginName: string; readonly logOutHref: string };
}

export interface PasswordView extends LoginForm<'password'> {
  /** Absent: the person logs in to the portal itself. */
  readonly service?: ServiceModel;
  /** Kept from the last post. */
  readonly username: string;
  readonly accountKinds: readonly { readonly label: string; readonly example: string }[];
  readonly error?: 'wrong' | 'throttled' | 'incomplete' | 'failed' | 'unknown_passkey' | 'passkey_reversed';
  /** With `throttled`: whole seconds until another try is looked at. */
  readonly retryAfterSeconds?: number;
  /** A passkey would do as well. */
  readonly passkey?: OfferedPasskey;
  /** Asked to prove once more that it is this account. */
  readonly reauthentication?: { readonly loginName: string };
  readonly cancelHref?: string;
  readonly help: { readonly forgotId: string; readonly forgotPassword: string; readonly activation: string };
}

/** Posts `choice`: the id of an account, or `other`. */
export interface ChooseAccountView extends LoginForm<'choose-account'> {
  readonly service?: ServiceModel;
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly loginName: string;
    readonly kindLabel: string;
  }[];
}

export interface TermsModel {
  readonly title: string;
  readonly version: string;
  /** In paragraphs. */
  readonly summary: readonly string[];
  readonly url?: string;
}

/** Posts `choice`: `accept` or `decline`. */
export interface AcceptTermsView extends LoginForm<'accept-terms'> {
  readonly service?: ServiceModel;
  readonly terms: TermsModel;
}

/** Posts `choice`: `allow` or `deny`. */
export interface ReleaseView extends LoginForm<'release'> {
  readonly service: ServiceModel;
  /** Whether the answer is remembered (`once` is asked once) or asked at every login. */
  readonly consent: 'once' | 'always';
  readonly attributes: readonly {
    readonly label: string;
    readonly value: string | readonly string[];
    readonly required: boolean;
    readonly reason?: string;
  }[];
}

export interface ReturningView {
  readonly service: { readonly name: string };
  readonly href: string;
  /** The way on is a form with these fields, posted to `href`; without them a link. */
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

export interface WelcomeView {
  readonly loginHref: string;
  readonly accountKinds: readonly { readonly label: string; readonly example: string }[];
  readonly help: { readonly forgotId: string; readonly forgotPassword: string; readonly activation: string };
  /** For people who run a service; the site's desk when absent. */
  readonly ownersDesk?: DeskModel;
}

export interface HomeView {
  readonly name: string;
  /** Of what matches `query`, recently used first; the first of them where there are many. */
  readonly tiles: readonly ServiceTile[];
  readonly matching: number;
  /** How many there are without the search. */
  readonly total: number;
  readonly query: string;
  /** Where all that match are shown. */
  readonly allHref: string;
}

/** Posts `fields`, and `logout=yes` when the person agrees; staying is a link, or the same form without it. */
export interface LogoutConfirmView {
  readonly action: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** The service that asked. */
  readonly service?: ServiceModel;
  /** Names of the services entered in this session. */
  readonly services: readonly string[];
  readonly stayHref?: string;
}

export interface LogoutDoneView {
  readonly service?: { readonly name: string; readonly href: string };
  /** Where a new login begins. */
  readonly loginHref: string;
}

/** Title and body come from i18n/error-words.ts by the code. */
export interface ErrorView {
  readonly title: string;
  readonly body: string;
  readonly code: string;
  /** To be read out to the desk. */
  readonly incident?: string;
  readonly desk: DeskModel;
  readonly service?: ServiceModel;
  readonly actions: readonly { readonly href: string; readonly label: string; readonly primary?: boolean }[];
  /** One line for whoever runs the service; folded away. */
  readonly detail?: string;
}

export interface DeniedView {
  /** With `enrolment_closed`: the rule of the policy that asks for a second factor. */
  readonly because?: Because;
  /** With `enrolment_closed`: the person has a factor, which will not do, and may set up another there. */
  readonly addHref?: string;
  readonly reason:
    | 'not_for_you'
    | 'suspended'
    | 'expired'
    | 'connection_suspended'
    | 'enrolment_closed'
    | 'level_unreachable';
  readonly service?: ServiceModel;
  /** Whom the service is for, as in 「…の方が利用できます」: "students". */
  readonly audience?: string;
  readonly desk: DeskModel;
  /** With `suspended`: by its owner, who said that something was not them. */
  readonly isReported?: boolean;
  /** What this person may use instead. */
  readonly services: readonly ServiceTile[];
  readonly backHref?: string;
}

/** Sections #forgot-id, #forgot-password and #activation. */
export interface HelpView {
  readonly activateHref: string;
  readonly desks: readonly { readonly kind: string; readonly example: string; readonly desk: DeskModel }[];
}

export interface SetupPasswordView extends FormModel {
  readonly loginName: string;
  readonly newPassword: NewPasswordModel;
  readonly error?: boolean;
}

export interface SetupDoneView {
  readonly loginName: string;
  readonly loginHref: string;
}

/** Posts `username` and `key`. */
export interface ActivateKeyView extends FormModel {
  /** Kept from the last post, or named in the address. */
  readonly username: string;
  /** Kept from the last post: twenty symbols are not typed twice for the sake of one. */
  readonly key: string;
  readonly accountKinds: readonly { readonly label: string; readonly example: string }[];
  /** `slip`: what was typed cannot be any key. */
  readonly error?: 'wrong' | 'slip' | 'throttled' | 'incomplete';
  /** With `throttled`. */
  readonly retryAfterSeconds?: number;
  readonly help: { readonly noKey: string; readonly forgotId: string };
}

/** Posts `accept` (`yes`, where there are terms), `password` and `repeated`. */
export interface ActivatePasswordView extends FormModel {
  readonly loginName: string;
  /** A new password of an active account. */
  readonly isRenewal: boolean;
  /** Those that have yet to be accepted. */
  readonly terms?: TermsModel & { readonly isAccepted: boolean; readonly isMissing: boolean };
  readonly newPassword: NewPasswordModel;
  readonly error?: boolean;
}

export interface ActivateDoneView {
  readonly loginName: string;
  readonly isRenewal: boolean;
  /** A second press, or a second tab, after the end. */
  readonly isAgain: boolean;
  readonly loginHref: string;
  /** Where that login leads, begun before the activation; the portal when absent. */
  readonly service?: { readonly name: string };
}

export interface ActivateRefusedView {
  readonly reason: 'key_expired' | 'key_gone' | 'account_suspended' | 'account_ended' | 'not_found';
  readonly desk: DeskModel;
  readonly restartHref?: string;
}

export interface ViewModels {
  'login/password': PasswordView;
  'login/choose-account': ChooseAccountView;
  'login/accept-terms': AcceptTermsView;
  'login/release': ReleaseView;
  'login/choose-factor': ChooseFactorView;
  'login/certificate': CertificateView;
  'login/passkey': PasskeyView;
  'login/totp': TotpView;
  'login/enrol-factor': EnrolFactorView;
  'login/enrol-passkey': EnrolPasskeyView;
  'login/enrol-totp': EnrolTotpView;
  'login/mail-code': MailCodeView;
  'login/enrol-mail': EnrolMailView;
  'login/recovery-code': RecoveryCodeView;
  'login/temporary-pass': TemporaryPassView;
  'login/recovery-codes-left': RecoveryCodesLeftView;
  'login/keep-recovery-codes': KeepRecoveryCodesView;
  'login/returning': ReturningView;
  'portal/welcome': WelcomeView;
  'portal/home': HomeView;
  'logout/confirm': LogoutConfirmView;
  'logout/done': LogoutDoneView;
  'logout/round': LogoutRoundView;
  'setup/password': SetupPasswordView;
  'setup/done': SetupDoneView;
  'activate/key': ActivateKeyView;
  'activate/password': ActivatePasswordView;
  'activate/done': ActivateDoneView;
  'activate/refused': ActivateRefusedView;
  'account/overview': AccountOverviewView;
  'account/factors': AccountFactorsView;
  'account/factor': AccountFactorView;
  'account/recovery-codes': AccountCodesView;
  'account/sessions': AccountSessionsView;
  'account/activity': AccountActivityView;
  'account/password': AccountPasswordView;
  'not-me/confirm': NotMeConfirmView;
  'not-me/done': NotMeDoneView;
  denied: DeniedView;
  error: ErrorView;
  help: HelpView;
}

export type ViewName = keyof ViewModels;
