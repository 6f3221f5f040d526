/** SAML 2.0: what our metadata says of this installation, and how long what it hands out is good for. */
import { z } from 'zod';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { localizedWebUrl, webUrl } from '../../base/document/fields/web-url.ts';
import { domain } from './fields/domain.ts';
import { duration } from './fields/duration.ts';

/** Metadata 2.2.1: an absolute URI of at most 1024 characters; SAML2int (SDP-G04) wants 256. */
const uri = () =>
  z
    .string()
    .max(256)
    .refine((text) => URL.canParse(text) && !/\s/.test(text), notAsDescribed)
    .meta({ words: 'an absolute URI of 256 characters or fewer' });

const contact = z.strictObject({
  kind: z
    .enum(['technical', 'support', 'administrative', 'security'])
    .describe('For what. security: where other institutions report incidents (Sirtfi).'),
  name: z.string().trim().min(1).meta({ words: 'text' }).describe('The name of the person, or better of the group.'),
  mail: z
    .email()
    .meta({ words: 'a mail address' })
    .describe('The mail address, which stands in the metadata for all to see.'),
});

const metadata = z
  .strictObject({
    validity: duration({ atLeast: '1d', atMost: '365d' })
      .prefault('14d')
      .describe(
        'Our metadata is good for this long from when it is fetched (validUntil); federations refuse long ones.',
      ),
    cache: duration({ atLeast: '5m', atMost: '7d' })
      .prefault('6h')
      .describe('Who fetched it need not ask again for this long (cacheDuration).'),
    contacts: z
      .array(contact)
      .prefault([])
      .describe('Whom other institutions write to. A federation wants a technical one.'),
    organizationUrl: localizedWebUrl()
      .exactOptional()
      .describe('The pages of the university; without them the issuer stands there.'),
    errorUrl: webUrl()
      .exactOptional()
      .describe('Where services send people whom they turn away (errorURL); without one, the page of the main desk.'),
    scopes: z.array(domain()).prefault([]).describe('Scopes of attributes beside university.scope.'),
    entityCategories: z
      .array(uri())
      .prefault([])
      .describe('Entity categories of services whose attributes are released as they say (entity-category-support).'),
    assuranceCertifications: z
      .array(uri())
      .prefault([])
      .describe('Frameworks that this installation keeps to, such as https://refeds.org/sirtfi.'),
    announcesEcdsa: z
      .boolean()
      .prefault(false)
      .describe(
        'Name the ECDSA certificates, too. Some services cannot read metadata that has one; those with ecdsa-sha256 need it.',
      ),
  })
  .describe('What our metadata says, at /saml/metadata.');

export const saml = z
  .strictObject({
    entityId: uri()
      .exactOptional()
      .describe(
        'As which identity provider services know this installation; <issuer>/saml/metadata unless written. A university that moves here keeps its old one. Never changed once services are connected.',
      ),
    metadata,
    assertionLifetime: duration({ atLeast: '1m', atMost: '1h' })
      .prefault('5m')
      .describe('A response has to be taken within this long. Sessions of services are not shortened by it.'),
    sessionLifetime: duration({ atLeast: '5m' })
      .exactOptional()
      .describe(
        'How long a service is told that its session may last (SessionNotOnOrAfter); without it nothing is told.',
      ),
    artifactLifetime: duration({ atLeast: '10s', atMost: '10m' })
      .prefault('60s')
      .describe('A service has to ask for what an artifact stands for within this long.'),
    // SAML2int SDP-G01: 3 to 5 minutes, both ways.
    clockSkew: duration({ atLeast: '0s', atMost: '10m' })
      .prefault('3m')
      .describe('How far the clock of a service may be from ours.'),
    returns: z
      .strictObject({
        most: z.int().min(3).max(100_000).prefault(10).describe('So many are answered.'),
        within: duration({ atLeast: '5s', atMost: '10m' })
          .prefault('30s')
          .describe('Counted from the first for so long.'),
      })
      .describe(
        'When one browser keeps coming back from one service, it is shown a page instead of going round for good. Logins and refusals are counted each for themselves.',
      ),
  })
  .describe('SAML 2.0.');
