/** Under which URIs each level is announced. Which level a login reached is computed, never configured. */
import { z } from 'zod';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { levels } from '../../core/credentials/level.ts';
import { aaguid } from './fields/aaguid.ts';

const uri = () =>
  z
    .string()
    .refine((text) => URL.canParse(text), notAsDescribed)
    .meta({ words: 'a URI' });

const mfa = 'https://refeds.org/profile/mfa';
const aal2 = 'https://www.gakunin.jp/profile/AAL2';

export const assurance = z
  .strictObject({
    levels: z
      .array(
        z.strictObject({
          level: z.enum(levels).describe('The level.'),
          acr: uri()
            .exactOptional()
            .describe('Its acr in OpenID Connect; without one the level is not announced there.'),
          authnContext: uri().exactOptional().describe('Its AuthnContextClassRef in SAML.'),
        }),
      )
      .min(1)
      .prefault([
        { level: 'password', authnContext: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport' },
        { level: 'sfa', acr: 'https://refeds.org/profile/sfa', authnContext: 'https://refeds.org/profile/sfa' },
        { level: 'mfa', authnContext: 'http://schemas.microsoft.com/claims/multipleauthn' },
        { level: 'mfa', acr: mfa, authnContext: mfa },
        { level: 'aal2', acr: aal2, authnContext: aal2 },
      ])
      .describe(
        'The names of the levels, lowest to highest: where a service asks for none, it is told the last that is true. A level may have several names.',
      ),
    order: z
      .array(z.tuple([z.enum(levels), z.enum(levels)]))
      .prefault([
        ['password', 'sfa'],
        ['sfa', 'mfa'],
        ['mfa', 'aal2'],
        ['mfa', 'phishing-resistant'],
      ])
      .describe('Which level is stronger, for comparisons: pairs of a weaker and a stronger one.'),
    mfaBy: z
      .strictObject({
        mailCode: z.boolean().prefault(true).describe('A code mailed to the notification address.'),
        recoveryCode: z.boolean().prefault(true).describe('A recovery code.'),
        temporaryPass: z.boolean().prefault(false).describe('A temporary pass that a desk gave in person.'),
      })
      .describe('What makes REFEDS MFA true after a password, where the profile leaves that to the university.'),
    aal2By: z
      .strictObject({
        totp: z.boolean().prefault(false).describe('Authenticator apps.'),
        certificate: z.boolean().prefault(false).describe('Client certificates.'),
        passkeys: z.array(aaguid()).prefault([]).describe('Passkeys of these products, by AAGUID.'),
      })
      .describe('What the registry of authenticators of GakuNin lists for AAL2.'),
  })
  .describe('Levels of authentication and their names in the protocols.');
