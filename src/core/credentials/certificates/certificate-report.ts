/**
 * What the origin that asks for certificates saw, told to the issuer by way of the browser: sealed, for one page of one login,
 * and for a few minutes. Once that page is answered the login has moved on and the report is worth nothing; in a login of
 * somebody else it does not open.
 */
import type { Instant } from '../../../base/clock.ts';
import { minutes } from '../../../base/duration.ts';
import { isDomainError } from '../../../base/errors.ts';
import type { CertificateRefusal } from '../../certificates/judge-certificate.ts';
import type { MasterKey } from '../../keys/master-key.ts';
import { seal, unseal } from '../../keys/seal.ts';
import type { World } from '../../world.ts';
import type { CertificateFacts } from './certificate-facts.ts';

export type CertificateReport =
  | { readonly kind: 'good'; readonly certificate: CertificateFacts }
  | { readonly kind: 'refused'; readonly reason: CertificateRefusal | 'none_sent' };

/** A page of a login: its attempt, and how often that has moved. */
export interface ReportPlace {
  readonly attemptId: string;
  readonly turn: number;
}

/** Time for a slow network and a press of a button, not for a report to lie about. */
const lifetime = minutes(5);

const placeText = ({ attemptId, turn }: ReportPlace): string => `certificate for ${attemptId} at ${turn}`;

export function sealReport(
  { ids, clock }: World,
  key: MasterKey,
  place: ReportPlace,
  report: CertificateReport,
): string {
  const text = JSON.stringify({ report, expiresAt: clock.now() + lifetime });
  return seal(key, 'certificate-reports', ids, placeText(place), Buffer.from(text));
}

/** Undefined for one that is too old, of another page, or made up. */
export function openReport(
  { clock }: World,
  key: MasterKey,
  place: ReportPlace,
  sealed: string,
): CertificateReport | undefined {
  try {
    const text = unseal(key, 'certificate-reports', placeText(place), sealed).toString();
    const { report, expiresAt } = JSON.parse(text) as { report: CertificateReport; expiresAt: Instant };
    return clock.now() < expiresAt ? report : undefined;
  } catch (error) {
    if (isDomainError(error, 'key.unreadable')) return undefined;
    throw error;
  }
}
