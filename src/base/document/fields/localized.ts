/** Words that people read, in both languages. */
import { z } from 'zod';

/** `meaning` is what the manual says of the whole. */
export const localized = (meaning: string) =>
  z
    .strictObject({
      ja: z
        .string()
        .trim()
        .min(1)
        .meta({ words: 'text', description: `${meaning} In Japanese.` }),
      en: z
        .string()
        .trim()
        .min(1)
        .meta({ words: 'text', description: `${meaning} In English.` }),
    })
    .meta({ description: meaning });
