/** What a way out must offer to the outbox. Mail is one; logout messages and webhooks have theirs. */
import type { Instant } from '../../base/clock.ts';
import type { ContentOf, LogoutContent, NoticeKind } from './content.ts';

/** `reason` is stored and shown to operators: a code, never an address, a text or anything that was to be sent. */
export type SendOutcome =
  | { readonly kind: 'accepted' }
  /** It may be accepted another time. `about: 'notice'`: the recipient is there, so what waits behind this goes on. */
  | { readonly kind: 'later'; readonly reason: string; readonly about?: 'notice' }
  /** It will not be accepted, however often it is sent. */
  | { readonly kind: 'never'; readonly reason: string }
  /** Nothing of this kind can be sent now, whoever it is for: the others need not be tried. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** The same for each attempt, so that a second copy can be recognised as one. */
export interface Envelope {
  readonly id: string;
  readonly createdAt: Instant;
}

/** Answers within `longestSend` (claim.ts), and soon after `signal` is aborted. */
export type Sender<Kind extends NoticeKind> = (
  content: ContentOf[Kind],
  envelope: Envelope,
  signal: AbortSignal,
) => Promise<SendOutcome>;

/** One for the messages of one protocol. */
export type LogoutSender<Protocol extends LogoutContent['protocol']> = (
  content: Extract<LogoutContent, { readonly protocol: Protocol }>,
  envelope: Envelope,
  signal: AbortSignal,
) => Promise<SendOutcome>;

export type LogoutSenders = { readonly [Protocol in LogoutContent['protocol']]: LogoutSender<Protocol> };

export const byProtocol =
  ({ oidc, saml }: LogoutSenders): Sender<'logout'> =>
  (content, envelope, signal) =>
    content.protocol === 'oidc' ? oidc(content, envelope, signal) : saml(content, envelope, signal);

export type Senders = { readonly [Kind in NoticeKind]?: Sender<Kind> };
