/**
 * A request that was judged: what is needed to answer it, now or after a login. It is kept with the login (LoginRequest) as
 * text, so it holds nothing but JSON, and of the message only what was compared or bounded.
 */
import type { SamlConsumer } from '../../../core/connections/saml-settings.ts';
import type { NameIdPolicy } from './authn-request.ts';
import type { AskedContext } from './contexts.ts';
import type { AskedSubject } from './subject.ts';

/** Where an answer goes for certain, good or bad: a place that the connection names. */
export interface ReplyPlace {
  readonly consumer: Pick<SamlConsumer, 'url' | 'binding' | 'index'>;
  /** Absent where nobody asked (Profiles 4.1.5). */
  readonly requestId?: string;
  /** Given back as it came (Bindings 3.4.3, 3.5.3). */
  readonly relayState?: string;
}

export interface Question extends ReplyPlace {
  readonly connectionId: string;
  readonly force: boolean;
  readonly passive: boolean;
  readonly nameIdPolicy?: NameIdPolicy;
  readonly subject?: AskedSubject;
  readonly context?: AskedContext;
  /** The service wants the assertion to end before ours would (Core 3.4.1, Conditions). */
  readonly notOnOrAfter?: number;
}
