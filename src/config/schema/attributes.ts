/** What services may be told of people: definitions of attributes, and the values that only the university can know. */
import { z } from 'zod';
import { identifier } from '../../base/document/fields/identifier.ts';
import { localized } from '../../base/document/fields/localized.ts';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { locales } from '../../base/locale.ts';
import { attributePresetNames } from '../../core/attributes/attributes.ts';
import { attributeSources, samlNameFormats } from '../../core/attributes/definition.ts';
import { roles } from '../../core/people/person.ts';

const text = (words: string) => z.string().trim().min(1).max(256).meta({ words });

const uri = () =>
  z
    .string()
    .max(256)
    .refine((value) => URL.canParse(value), notAsDescribed)
    .meta({ words: 'a URI' });

const samlName = z
  .strictObject({
    name: text('text; mostly urn:oid:…').describe('The Name of its Attribute element.'),
    format: z
      .enum(samlNameFormats)
      .prefault('uri')
      .describe('Its NameFormat: uri for names such as urn:oid:…, basic or unspecified for others.'),
    friendlyName: text('text').exactOptional().describe('Its FriendlyName, for people who read logs.'),
  })
  .exactOptional()
  .describe('Its name in SAML. Without one, services by SAML are told of it only under a name of their own.');

const definition = z.strictObject({
  source: z
    .enum(attributeSources)
    .describe('From where in the records it is read. constant: the same for everybody, as values has it.'),
  label: localized('What people call it, where they are asked whether a service may have it.'),
  values: z.array(text('text')).min(1).exactOptional().describe('The values of a constant.'),
  language: z
    .enum(locales)
    .exactOptional()
    .describe(
      'The language in which it is always read. Without: that of the person’s pages, and in SAML Latin letters.',
    ),
  multi: z
    .boolean()
    .exactOptional()
    .describe(
      'true: told as a list, also of one; false: of several values, the first alone. Without: as the source has it.',
    ),
  saml: samlName,
  claim: z
    .string()
    .regex(/^[A-Za-z0-9_.:/#-]{1,128}$/)
    .meta({ words: 'a name without spaces' })
    .exactOptional()
    .describe('Its claim in OpenID Connect, which may have a language tag (name#ja-Kana-JP).'),
  // RFC 6749, 3.3, without what would have to be escaped somewhere.
  scope: z
    .string()
    .regex(/^[A-Za-z0-9_.:/-]{1,64}$/)
    .meta({ words: 'a name without spaces' })
    .exactOptional()
    .describe('The scope that asks for the claim. Without: the claims parameter of the request.'),
});

const someOf = <Item extends z.ZodType<string>>(item: Item) => z.array(item).min(1).exactOptional();

const entitlement = z.strictObject({
  uri: uri().describe('The value, such as urn:mace:dir:entitlement:common-lib-terms.'),
  roles: someOf(z.enum(roles)).describe('Of people with one of these roles only.'),
  accountKinds: someOf(identifier()).describe('Of accounts of one of these kinds only: keys of accounts.kinds.'),
  units: someOf(identifier()).describe('Of people in one of these units only: keys of units.'),
});

const uris = (meaning: string) => z.array(uri()).prefault([]).describe(meaning);

const assurance = z
  .strictObject({
    everybody: uris('Of everybody. Where there is any value, https://refeds.org/assurance must be among them.'),
    inPerson: uris('Of those whose activation key was handed to them in person.'),
    byPost: uris('Of those to whom it was sent by post.'),
  })
  .describe(
    'The values of eduPersonAssurance (REFEDS Assurance Framework, GakuNin IAL). None is assumed: what is true here, the university says.',
  );

/** Also a key of the records: it is written in documents and consents. */
const attributeName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/)
  .meta({ words: 'a name of letters and digits that begins with a lower-case letter' });

export const attributes = z
  .strictObject({
    presets: z
      .array(z.enum(attributePresetNames))
      .prefault([...attributePresetNames])
      .describe(
        'Definitions that are there already: persons, inetOrgPerson and eduPerson; SCHAC; GakuNin; Microsoft 365.',
      ),
    definitions: z
      .record(attributeName, definition)
      .prefault({})
      .describe('More of them, by name. One with the name of a preset’s stands in its place.'),
    entitlements: z.array(entitlement).prefault([]).describe('Values of eduPersonEntitlement, and whose they are.'),
    assurance,
    groupPrefix: uri()
      .exactOptional()
      .describe('What stands before the name of a group in isMemberOf. Without: no service is told of groups.'),
  })
  .describe(
    'What services may be told of people, and its names in the protocols. Which service is told what, its connection says.',
  );
