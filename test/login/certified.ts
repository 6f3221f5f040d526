/** A university whose ECS-IDs may be proven with a client certificate, and what its origin of certificates reports. */
import type { CertificateFacts } from '../../src/core/credentials/certificates/certificate-facts.ts';
import { type CertificateReport, sealReport } from '../../src/core/credentials/certificates/certificate-report.ts';
import type { Situation } from '../../src/login/facts.ts';
import { sampleFacts } from '../core/credentials/certificates/sample-facts.ts';
import { testConfig } from '../support/sekisho.ts';
import type { FreshLogin } from './fresh-login.ts';

export const certifiedConfig = testConfig('/nowhere', {
  SEKISHO__MAIL__HOST: 'localhost',
  SEKISHO__MAIL__FROM: 'no-reply@auth.kyoto-u.ac.jp',
  SEKISHO__SERVER__CERTIFICATEORIGIN: 'https://cert.auth.example',
  SEKISHO__SERVER__PROXY__TRUSTED: '[10.0.0.1]',
  SEKISHO__SERVER__CERTIFICATES__HEADER__NAME: 'Client-Cert',
  SEKISHO__SERVER__CERTIFICATES__HEADER__FORMAT: 'rfc9440',
  SEKISHO__CERTIFICATES__AUTHORITIES: '[root.pem]',
  SEKISHO__CERTIFICATES__REVOCATION__WHENSTALE: 'accept',
  SEKISHO__CERTIFICATES__SUBJECTS: JSON.stringify([
    { accountKinds: ['ecs'], field: 'commonName', to: 'loginName', under: 'O=Kyoto University,C=JP' },
  ]),
});

/** Of the sample account. */
export const ownCertificate = (wishes: Partial<CertificateFacts> = {}): CertificateFacts =>
  sampleFacts({ commonName: ['a0123456'] }, wishes);

export const good = (certificate = ownCertificate()): CertificateReport => ({ kind: 'good', certificate });

/** For the page that is shown. */
export function reportFor(
  { world, masterKey }: FreshLogin,
  { turn }: Pick<Situation, 'turn'>,
  report: CertificateReport = good(),
): string {
  if (!turn) throw new TypeError('no page is shown');
  return sealReport(world, masterKey, { attemptId: turn.attemptId, turn: turn.number }, report);
}
