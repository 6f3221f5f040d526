/** A service by SAML, whole and ordinary, so that a test names only the one thing that it is about. */
import { days } from '../../../src/base/duration.ts';
import type { Approved, SamlConnection } from '../../../src/core/connections/connection.ts';
import type { SamlSettings } from '../../../src/core/connections/saml-settings.ts';
import { startInstant } from '../sample-records.ts';

export interface SamlConnectionWishes extends Partial<Approved> {
  readonly saml?: Partial<SamlSettings>;
}

export const sampleSamlConnection = ({ saml, ...wishes }: SamlConnectionWishes = {}): SamlConnection => {
  const entityId = saml?.entityId ?? 'https://sp.example/shibboleth';
  return {
    id: 'journal',
    stage: 'production',
    state: 'active',
    name: { ja: '電子ジャーナル', en: 'E-journals' },
    homeUrl: 'https://sp.example/',
    desk: { name: { ja: '附属図書館', en: 'Main Library' } },
    audience: {},
    release: [
      { attribute: 'scopedAffiliation', required: true },
      { attribute: 'mail', required: false },
    ],
    consent: 'none',
    isListed: true,
    createdAt: startInstant - days(30),
    changedAt: startInstant - days(30),
    ...wishes,
    entityId,
    saml: {
      entityId,
      consumers: [{ url: 'https://sp.example/Shibboleth.sso/SAML2/POST', binding: 'post', index: 1 }],
      logout: [],
      signingCertificates: [],
      encryptionCertificates: [],
      requests: 'any',
      signs: 'both',
      signatureAlgorithm: 'rsa-sha256',
      encrypts: 'when-possible',
      cipher: 'aes256-gcm',
      nameIds: ['transient', 'persistent'],
      subjectIdentifier: 'none',
      mayBeUnsolicited: false,
      ...saml,
    },
  };
};
