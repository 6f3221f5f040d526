/** The terms that each person accepts once. Without this section nobody is asked. */
import { z } from 'zod';
import { localized } from '../../base/document/fields/localized.ts';
import { webUrl } from '../../base/document/fields/web-url.ts';

export const terms = z
  .strictObject({
    version: z.string().trim().min(1).max(40).describe('Names this wording. Everybody is asked again when it changes.'),
    title: localized('The title.'),
    summary: localized('What is agreed to, in plain paragraphs with an empty line between them.'),
    url: webUrl().exactOptional().describe('The full text.'),
  })
  .exactOptional()
  .describe('Terms of use.');
