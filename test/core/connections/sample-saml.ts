/** What documents with SAML connections are judged against. */
import { definitionsOf } from '../../../src/core/attributes/attributes.ts';
import { multipleAuthn } from '../../../src/core/connections/saml/microsoft365.ts';
import type { SamlSurroundings } from '../../../src/core/connections/saml/rules.ts';

export const samlSurroundings: SamlSurroundings = {
  now: Date.parse('2026-04-10T08:00:00Z'),
  isProduction: true,
  reachesLoopback: false,
  keys: [
    { id: 'saml-signing-rs256-1', algorithm: 'RS256', state: 'active' },
    { id: 'saml-signing-es256-1', algorithm: 'ES256', state: 'active' },
  ],
  definitions: definitionsOf(['eduperson', 'schac', 'gakunin'], {}),
  contexts: [
    { name: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport', level: 'password' },
    { name: multipleAuthn, level: 'mfa' },
    { name: 'https://refeds.org/profile/mfa', level: 'mfa' },
  ],
  announcesEcdsa: false,
  metadata: new Map(),
};
