/** A telephone number as it is printed: digits with spaces, hyphens and parentheses. */
import { z } from 'zod';

export const phone = () =>
  z
    .string()
    .regex(/^\+?[0-9][0-9 ()-]{2,24}$/)
    .meta({ words: 'a telephone number in digits (put it in quotes)' });
