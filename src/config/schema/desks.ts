/** Where people turn for help. What is not known of a desk is left out and not shown. */
import { z } from 'zod';
import { identifier } from '../../base/document/fields/identifier.ts';
import { localized } from '../../base/document/fields/localized.ts';
import { phone } from '../../base/document/fields/phone.ts';
import { localizedWebUrl, webUrl } from '../../base/document/fields/web-url.ts';

export const desk = z.strictObject({
  name: localized('The name of the desk.'),
  place: localized('Where it is.').exactOptional(),
  hours: localized('When it is open.').exactOptional(),
  phone: phone().exactOptional().describe('Its telephone number.'),
  mail: z.email().meta({ words: 'a mail address' }).exactOptional().describe('Its mail address.'),
  url: localizedWebUrl().exactOptional().describe('Its page or inquiry form.'),
  mapUrl: webUrl().exactOptional().describe('A page that shows the way.'),
});

export type Desk = z.output<typeof desk>;

export const desks = z.record(identifier(), desk).describe('Help desks, by identifier.');
