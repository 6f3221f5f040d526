import { SamlRefusal } from '../refusal.ts';

/** Which of the two parameters carries it: what the sender wants, or what it answers (Bindings 3.4.4, 3.5.4). */
export type MessageKind = 'SAMLRequest' | 'SAMLResponse';

/** What a browser brought, not yet parsed. */
export interface CarriedMessage {
  readonly kind: MessageKind;
  readonly xml: string;
  readonly relayState?: string;
}

/** Where a message is to be carried. */
export interface MessageTarget {
  readonly url: string;
  readonly kind: MessageKind;
  readonly relayState?: string | undefined;
}

/** Bindings 3.4.3 allows 80 bytes; services are known to put whole addresses into it. */
const longestRelayState = 4_096;

/** @throws SamlRefusal `message_too_large`. */
export function checkRelayState(relayState: string | undefined): void {
  if (relayState !== undefined && relayState.length > longestRelayState) {
    throw new SamlRefusal('message_too_large', 'the RelayState is too long');
  }
}
