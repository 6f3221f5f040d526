/**
 * Why a message is not acted upon. `status`: it may travel, to a place that is known for certain to be the service's, as a
 * signed status response; without one it is shown here in words, with a way to the help desk.
 */
import type { statusCodes } from './names.ts';

export const refusalReasons = [
  /** Not a message of the binding by which it came: base64, deflate, form, envelope. */
  'message_unreadable',
  'message_too_large',
  'xml_malformed',
  'xml_forbidden',
  /** XML, and not what SAML says at this place. */
  'message_invalid',
  'version_unsupported',
  'sender_unknown',
  'sender_suspended',
  'signature_missing',
  'signature_invalid',
  'algorithm_refused',
  'destination_wrong',
  'time_wrong',
  'replayed',
  /** It came back too often within a short while: our answer is not what it waits for. */
  'looping',
  'consumer_unknown',
  'binding_unsupported',
  'name_id_refused',
  'subject_unknown',
  'context_unmet',
  'passive_impossible',
  'proxying_unsupported',
  'request_unsupported',
  'decryption_failed',
  'denied',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export type StatusName = keyof typeof statusCodes;

export interface SamlStatus {
  /** Core 3.2.2.2: who is at fault, then what is. */
  readonly top: 'requester' | 'responder' | 'versionMismatch' | 'success';
  readonly second?: StatusName;
}

export class SamlRefusal extends Error {
  readonly reason: RefusalReason;
  readonly status: SamlStatus | undefined;
  readonly written: string | undefined;

  /**
   * `detail`: in English, for whoever runs the service; it must hold nothing of the person. `written`: what the message said
   * there, for the log alone.
   */
  constructor(
    reason: RefusalReason,
    detail: string,
    options: { readonly status?: SamlStatus; readonly written?: string | undefined; readonly cause?: unknown } = {},
  ) {
    super(shortened(detail), options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'SamlRefusal';
    this.reason = reason;
    this.status = options.status;
    this.written = options.written === undefined ? undefined : shortened(options.written);
  }
}

/** It goes to a page, to the log and to the service, and a stranger's message may have put a name of any length into it. */
const shortened = (detail: string): string =>
  detail.length > longestDetail ? `${detail.slice(0, longestDetail).toWellFormed()}…` : detail;
const longestDetail = 300;
