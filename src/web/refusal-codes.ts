/** What a page says of a SAML message that was refused here. A new reason without a code does not compile. */
import type { ErrorCode } from '../base/errors.ts';
import type { RefusalReason } from '../protocols/saml/refusal.ts';

export const refusalCodes: Readonly<Record<RefusalReason, ErrorCode>> = {
  message_unreadable: 'request.protocol',
  message_too_large: 'request.protocol',
  xml_malformed: 'request.protocol',
  xml_forbidden: 'request.protocol',
  message_invalid: 'request.protocol',
  version_unsupported: 'request.protocol',
  sender_unknown: 'connection.not_found',
  sender_suspended: 'connection.suspended',
  signature_missing: 'request.protocol',
  signature_invalid: 'request.protocol',
  algorithm_refused: 'request.protocol',
  destination_wrong: 'request.protocol',
  // Most come from a bookmark, or from a page that was left open.
  time_wrong: 'attempt.not_found',
  replayed: 'request.replayed',
  looping: 'request.looping',
  consumer_unknown: 'request.protocol',
  binding_unsupported: 'request.protocol',
  name_id_refused: 'request.protocol',
  subject_unknown: 'request.protocol',
  context_unmet: 'request.protocol',
  passive_impossible: 'request.protocol',
  proxying_unsupported: 'request.protocol',
  request_unsupported: 'request.protocol',
  decryption_failed: 'request.protocol',
  denied: 'request.protocol',
};
