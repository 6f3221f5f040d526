import { days } from '../../../../src/base/duration.ts';
import type { CertificateNames } from '../../../../src/core/certificates/read-certificate.ts';
import type { CertificateFacts } from '../../../../src/core/credentials/certificates/certificate-facts.ts';
import { startInstant } from '../../sample-records.ts';

/** Of the person of sample-records, from an authority that issues for other universities as well. */
export const sampleFacts = (
  names: Partial<CertificateNames> = {},
  wishes: Partial<CertificateFacts> = {},
): CertificateFacts => ({
  digest: 'digest-1',
  subject: 'CN=Hanako Kyoto,OU=Engineering,O=Kyoto University,C=JP',
  issuer: 'CN=NII Open Domain CA,O=National Institute of Informatics,C=JP',
  serial: '1f',
  notAfter: startInstant + days(100),
  names: { commonName: [], serialNumber: [], emailAddress: [], sanEmail: [], sanUpn: [], ...names },
  ...wishes,
});
