/** A regular expression in configuration. It always has to match the whole text: an operator who forgets `^` or `$` must not let more in. */
import { z } from 'zod';

/** @throws SyntaxError for text that is no regular expression, which no checked configuration holds. */
export const fullMatch = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u');

export const pattern = () =>
  z
    .string()
    .min(1)
    .superRefine((text, context) => {
      try {
        // Alone first: `a)|(b` would be valid only inside the group that fullMatch adds, and escape its anchors.
        new RegExp(text, 'u');
        fullMatch(text);
      } catch (error) {
        context.addIssue(`expected a regular expression; ${error instanceof Error ? error.message : String(error)}`);
      }
    })
    .meta({ words: 'a regular expression that matches the whole text' });
