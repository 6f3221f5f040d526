/**
 * What an operator writes of a connection. The names are those of the record (connection.ts); what the record keeps by
 * itself (state, times, secrets in use) is not written. Rules about several fields lie in document.ts and oidc-rules.ts.
 */
import { z } from 'zod';
import { localized } from '../../base/document/fields/localized.ts';
import { phone } from '../../base/document/fields/phone.ts';
import { webUrl } from '../../base/document/fields/web-url.ts';
import { levels } from '../credentials/level.ts';
import { roles } from '../people/person.ts';
import { oidcEntry } from './oidc-document.ts';
import { samlEntry } from './saml/entry.ts';

const desk = z.strictObject({
  name: localized('The name of the desk.'),
  place: localized('Where it is.').exactOptional(),
  hours: localized('When it is open.').exactOptional(),
  phone: phone().exactOptional(),
  mail: z.email().meta({ words: 'a mail address' }).exactOptional(),
  url: webUrl().exactOptional(),
  mapUrl: webUrl().exactOptional(),
});

/** An empty list would let nobody in, and is more likely a slip than a wish. */
const someOf = <Item extends z.ZodType<string>>(item: Item, words: string) => z.array(item).min(1).meta({ words });

const audience = z.strictObject({
  roles: someOf(z.enum(roles), `a list of at least one of ${roles.join(', ')}`).exactOptional(),
  accountKinds: someOf(z.string(), 'a list of at least one kind of account').exactOptional(),
  units: someOf(z.string(), 'a list of at least one unit').exactOptional(),
  words: localized('For whom the service is, as a page says it to those who are turned away.').exactOptional(),
});

const release = z.strictObject({
  attribute: z.string(),
  required: z.boolean(),
  reason: localized('What the service needs it for.').exactOptional(),
});

export const connectionEntry = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,62}$/)
    .meta({ words: '2 to 63 lower-case letters, digits and hyphens that begin with a letter' }),
  stage: z.enum(['test', 'production']),
  name: localized('What people call the service.'),
  description: localized('What it is for, in a line.').exactOptional(),
  logo: z.string().min(1).meta({ words: 'the path of an .svg or .png file, or a data: URI' }).exactOptional(),
  homeUrl: webUrl(),
  desk,
  audience: audience.prefault({}),
  release: z.array(release),
  consent: z.enum(['none', 'once', 'always']).prefault('once'),
  requiredLevel: z.enum(levels).exactOptional(),
  trustedBrowser: z.enum(['no', 'policy']).exactOptional(),
  listed: z.boolean().prefault(true),
  oidc: oidcEntry.exactOptional(),
  saml: samlEntry.exactOptional(),
});

export type ConnectionEntry = z.output<typeof connectionEntry>;

export const connectionsDocument = z.strictObject({ connections: z.array(connectionEntry) });
