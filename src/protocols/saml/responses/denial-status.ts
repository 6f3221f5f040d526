/** How the end of a login without an assertion is told to the service (Core 3.2.2.2). */
import type { SamlConnection } from '../../../core/connections/connection.ts';
import type { DenialReason } from '../../../login/outcome.ts';
import type { SamlStatus, StatusName } from '../refusal.ts';

const denialStatus: Readonly<Record<DenialReason, StatusName>> = {
  cancelled: 'authnFailed',
  terms_declined: 'requestDenied',
  release_denied: 'requestDenied',
  connection_suspended: 'requestDenied',
  suspended: 'authnFailed',
  expired: 'authnFailed',
  other_account: 'unknownPrincipal',
  level_unreachable: 'noAuthnContext',
  enrolment_closed: 'noAuthnContext',
  not_for_you: 'requestDenied',
};

/** Microsoft asks again when it hears NoAuthnContext, for as long as the person stays (reference: federatedIdpMfaBehavior). */
export function statusOfDenial(reason: DenialReason, { saml }: Pick<SamlConnection, 'saml'>): SamlStatus {
  const second = denialStatus[reason];
  const isLoop = second === 'noAuthnContext' && saml.preset === 'microsoft365';
  return { top: 'responder', second: isLoop ? 'authnFailed' : second };
}
