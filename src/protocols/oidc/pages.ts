/** What this protocol needs of the web: who is before us, and pages in the house's look. web/ implements it. */
import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../base/errors.ts';
import type { Locale } from '../../base/locale.ts';
import type { Connection } from '../../core/connections/connection.ts';
import type { Session } from '../../core/sessions/session.ts';
import type { LoginOrigin } from '../../login/facts.ts';
import type { Visitor } from '../../login/login.ts';
import type { Stored } from '../../store/port.ts';

export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

/** A protocol error that must be shown here, because nobody knows for certain where it could be sent. */
export interface ShownProtocolError {
  readonly status: number;
  readonly code: ErrorCode;
  /** The protocol's own words, for whoever runs the service; folded away on the page. */
  readonly detail: string;
  /** What the request said there, for the log alone: on our page a stranger would speak by it. */
  readonly written?: string;
  readonly connection?: Connection;
  readonly cause: unknown;
}

export interface PresentedCertificate {
  readonly leaf: X509Certificate;
  /** What was sent along with it. */
  readonly others: readonly X509Certificate[];
}

export interface Pages {
  /** The live single sign-on session of this browser; read once per exchange. */
  session(exchange: Exchange): Promise<Stored<Session> | undefined>;
  /** From where the request comes, for the policy; sets nothing. */
  origin(exchange: Exchange): LoginOrigin;
  /** Sets the browser cookie where there is none. */
  visitor(exchange: Exchange): Promise<Visitor & { readonly browserToken: string }>;
  /** For this exchange and, when the service asked for a language, for the pages that follow. */
  locale(exchange: Exchange, uiLocales?: string): Locale;
  /** `browserToken`: of the browser's cookie from now on. */
  forgetSession(exchange: Exchange, browserToken?: string): void;
  /** What a service presented at the origin that asks for it, unjudged; never at the issuer's own. */
  certificate(exchange: Exchange): PresentedCertificate | undefined;
  error(exchange: Exchange, error: ShownProtocolError): Promise<string>;
  /** Sends the browser to the service by a form. */
  postBack(
    exchange: Exchange,
    answer: {
      readonly action: string;
      readonly fields: readonly { readonly name: string; readonly value: string }[];
      readonly connection: Connection;
    },
  ): Promise<string>;
  confirmLogout(
    exchange: Exchange,
    asked: { readonly action: string; readonly xsrf: string; readonly connection: Connection | undefined },
  ): Promise<string>;
  loggedOut(exchange: Exchange, connection: Connection | undefined): Promise<string>;
}
