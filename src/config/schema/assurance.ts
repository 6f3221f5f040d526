/** Under which URIs each level is announced. Which level a login reached is computed, never configured. */
import { z } from 'zod';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { levels } from '../../core/credentials/level.ts';

const uri = () =>
  z
    .string()
    .refine((text) => URL.canParse(text), notAsDescribed)
    .meta({ words: 'a URI' });

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
      ])
      .describe('The levels that are announced, lowest to highest.'),
  })
  .describe('Levels of authentication and their names in the protocols.');
