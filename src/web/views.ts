/**
 * Every page there is and what it needs. A view name without a model, or a model without a file in views/, fails a
 * test. Whatever comes from configuration or the store arrives here already in the reader's language; sentences of our
 * own come from i18n inside the view. A model never holds a password.
 */
import type { PasswordProblem } from '../core/credentials/password-rule.ts';

/** Somebody who helps: each part is shown only where it is known. */
export interface DeskModel {
  readonly name: string;
  readonly place?: string;
  readonly hours?: string;
  readonly phone?: string;
  readonly mail?: string;
  readonly url?: string;
  readonly mapUrl?: string;
}

export interface ServiceModel {
  readonly name: string;
  readonly description?: string;
  /** Host name in small type, so that a strange request is noticed. */
  readonly domain?: string;
  /** A data: URI; nothing is fetched from elsewhere. Without one the first letter of the name stands in. */
  readonly logo?: string;
  readonly desk: DeskModel;
}

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
  readonly icon: string;
}

/** What a page is told about the request that it answers. */
export interface PageFrame {
  /** Path and query of this page: the language link goes there with `lang` set. */
  readonly path: string;
  readonly signedInAs?: { readonly name: string; readonly loginName: string; readonly logOutHref: string };
}

/** What every form must carry. `action` is a path of ours. */
export interface FormModel {
  readonly action: string;
  readonly csrf: string;
}

/** A form of the login machine: the post is bound to the attempt (in the path), its step, its turn, and the person shown. */
interface LoginForm<Step extends string> extends FormModel {
  readonly step: Step;
  readonly turn: number;
  /** An account id; empty while nobody is known. */
  readonly subject: string;
}

export interface PasswordView extends LoginForm<'password'> {
  /** Absent: the person logs in to the portal itself. */
  readonly service?: ServiceModel;
  /** Kept from the last post. */
  readonly username: string;
  readonly accountKinds: readonly { readonly label: string; readonly example: string }[];
  readonly error?: 'wrong' | 'throttled' | 'incomplete';
  /** With `throttled`: whole seconds until another try is looked at. */
  readonly retryAfterSeconds?: number;
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

/** Posts `choice`: `accept` or `decline`. */
export interface AcceptTermsView extends LoginForm<'accept-terms'> {
  readonly service?: ServiceModel;
  readonly terms: {
    readonly title: string;
    readonly version: string;
    readonly summary: readonly string[];
    readonly url?: string;
  };
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
  readonly reason: 'not_for_you' | 'suspended' | 'expired' | 'connection_suspended';
  readonly service?: ServiceModel;
  /** Whom the service is for, as in 「…の方が利用できます」: "students". */
  readonly audience?: string;
  readonly desk: DeskModel;
  /** What this person may use instead. */
  readonly services: readonly ServiceTile[];
  readonly backHref?: string;
}

/** Sections #forgot-id, #forgot-password and #activation. */
export interface HelpView {
  readonly desks: readonly { readonly kind: string; readonly example: string; readonly desk: DeskModel }[];
}

/** Posts `password` and `repeated`. */
export interface SetupPasswordView extends FormModel {
  readonly loginName: string;
  readonly minimumLength: number;
  readonly maximumLength: number;
  /** The rule, a sentence each. */
  readonly rules: readonly string[];
  readonly error?: readonly (PasswordProblem | 'repeated_differs' | 'missing')[];
}

export interface SetupDoneView {
  readonly loginName: string;
  readonly loginHref: string;
}

export interface ViewModels {
  'login/password': PasswordView;
  'login/choose-account': ChooseAccountView;
  'login/accept-terms': AcceptTermsView;
  'login/release': ReleaseView;
  'login/returning': ReturningView;
  'portal/welcome': WelcomeView;
  'portal/home': HomeView;
  'logout/confirm': LogoutConfirmView;
  'logout/done': LogoutDoneView;
  'setup/password': SetupPasswordView;
  'setup/done': SetupDoneView;
  denied: DeniedView;
  error: ErrorView;
  help: HelpView;
}

export type ViewName = keyof ViewModels;
