/** What models of several pages have in common. Here and not in views.ts, which knows all of those models. */

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

/** What every form must carry. `action` is a path of ours. */
export interface FormModel {
  readonly action: string;
  readonly csrf: string;
}

/** A form of the login machine: the post is bound to the attempt (in the path), its step, its turn, and the person shown. */
export interface LoginForm<Step extends string> extends FormModel {
  readonly step: Step;
  readonly turn: number;
  /** An account id; empty while nobody is known. */
  readonly subject: string;
  /** The person may spare this browser a second factor for so long: a box `trust` with the value `yes`. */
  readonly trustDays?: number;
}

/** The fields `password` and `repeated` with their rule (new-password.ts). */
export interface NewPasswordModel {
  /** What is looked at while the password is typed. What else is refused, the same for every preset, is a sentence of its own. */
  readonly demands: readonly { readonly text: string; readonly pattern: string }[];
  readonly problems: readonly { readonly field: 'password' | 'repeated'; readonly text: string }[];
}
