/** The page of a log-out under way: what is known of each service that was entered. */
import type { PartState } from '../core/sessions/round-standing.ts';
import type { ServiceModel } from './view-parts.ts';

export interface LogoutPart {
  readonly service: ServiceModel;
  /** `silent`: it was told by the browser, and cannot say what came of it. `retried`: failed, and goes on by itself. */
  readonly state: Exclude<PartState, 'sent'> | 'asked' | 'silent' | 'retried';
  /** A page that tells it in a frame. */
  readonly frameHref?: string;
  /** Where the whole window goes to tell it. */
  readonly goHref?: string;
  /** Posts `service` to have an owed message sent at once. */
  readonly againId?: string;
}

export interface LogoutRoundView {
  readonly parts: readonly LogoutPart[];
  /** `under_way`: something may still change within moments. `whole`: each service has said so itself. */
  readonly standing: 'under_way' | 'whole' | 'told' | 'lacking';
  /** Frames that are there without a script, too. */
  readonly frames: readonly { readonly href: string; readonly name: string }[];
  /** The next service of a chain for browsers without a script. */
  readonly nextHref?: string;
  readonly refreshHref: string;
  readonly againAction: string;
  readonly csrf: string;
  /** To the service that asked. `goesByItself`: nothing is left to be read here. */
  readonly back?: { readonly name: string; readonly href: string; readonly goesByItself: boolean };
  readonly loginHref: string;
}
