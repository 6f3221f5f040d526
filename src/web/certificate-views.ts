/** The page that asks for a client certificate, and says what became of one. */
import type { CertificateRefusal } from '../core/certificates/judge-certificate.ts';
import type { AskedBecause } from './second-factor-views.ts';
import type { DeskModel, LoginForm } from './view-parts.ts';

/** Posts `report`, where one was found; with `choice=another` the person wishes to choose. */
export interface CertificateView extends LoginForm<'certificate'>, AskedBecause {
  /** Which asks for certificates. */
  readonly origin: string;
  /** A good one: whose it says it is, and the report of it. */
  readonly found?: { readonly name: string; readonly report: string };
  readonly refusal?: CertificateRefusal | 'none_sent';
  readonly error?: 'other_account' | 'taken_away' | 'lapsed' | 'throttled';
  /** With `throttled`. */
  readonly retryAfterSeconds?: number;
  readonly desk: DeskModel;
  readonly hasOtherWays: boolean;
  readonly cancelHref: string;
}
