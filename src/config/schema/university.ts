/** Whose installation this is: what its pages are called and look like, and which names are its own. */
import { z } from 'zod';
import { localized } from '../../base/document/fields/localized.ts';
import { webUrl } from '../../base/document/fields/web-url.ts';
import { accent } from './fields/accent.ts';
import { domain } from './fields/domain.ts';
import { timeZone } from './fields/time-zone.ts';

export const university = z
  .strictObject({
    name: localized('The name of the university.'),
    shortName: localized('The name that is used where space is short.'),
    systemName: localized('What this service is called at the university.'),
    scope: domain().describe('The domain after the @ of scoped attributes, such as eduPersonPrincipalName.'),
    timeZone: timeZone()
      .prefault('Asia/Tokyo')
      .describe(
        'Whose clocks pages, mails and the command line show, and by which days and daily schedules are meant.',
      ),
    logo: z
      .string()
      .min(1)
      .meta({ words: 'the path of an .svg or .png file' })
      .exactOptional()
      .describe('The logo, 30 KB at most; the path is seen from the folder of the configuration file.'),
    accent: accent().prefault('#0017C1').describe('The colour of buttons and links.'),
    rulesUrl: webUrl().exactOptional().describe('The rules for using information services.'),
    privacyUrl: webUrl().exactOptional().describe('The privacy policy.'),
    domains: z
      .array(domain())
      .prefault([])
      .describe('Domains of the university’s own mailboxes. A notification address under one of them proves nothing.'),
  })
  .describe('The university.');
