/** What a browser is answered, in values: the web makes pages and redirects of them. */
import type { Locale } from '../../base/locale.ts';
import type { Connection } from '../../core/connections/connection.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { LoginOrigin } from '../../login/facts.ts';
import type { Visitor } from '../../login/login.ts';
import type { Stored } from '../../store/port.ts';
import type { SamlRefusal } from './refusal.ts';

export type Answer =
  /** A message, posted to the service by a form that sends itself. */
  | {
      readonly kind: 'form';
      readonly action: string;
      readonly fields: Readonly<Record<string, string>>;
      readonly connection: Connection;
      readonly told?: ToldRefusal;
    }
  /** To a path of ours, or to the place of a service. */
  | { readonly kind: 'redirect'; readonly to: string; readonly told?: ToldRefusal }
  /** Shown here: nobody knows for certain where it could be sent. `connection`: who says to ask is known. */
  | { readonly kind: 'refused'; readonly refusal: SamlRefusal; readonly connection?: Connection };

/** The service is answered with a status: what for, the log is to say, since whoever is asked why looks there. */
export interface ToldRefusal {
  readonly connectionId: string;
  readonly refusal: SamlRefusal;
}

/** Who is before us, as far as it is asked for. */
export interface Arrival {
  readonly session: Stored<Session> | undefined;
  readonly origin: LoginOrigin;
  readonly locale: Locale;
  /** Sets the browser's cookie where there is none. */
  visitor(): Promise<Visitor & { readonly browserToken: string }>;
  /** Of late, for this service, this time too: whose cookies are refused is told for the first time every time. */
  countTold(connectionId: string): number;
}
