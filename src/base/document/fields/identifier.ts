/** The short name under which configuration, records and command line speak of a kind, a unit or a desk. It is never renamed. */
import { z } from 'zod';

export const identifier = () =>
  z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/)
    .meta({ words: 'an identifier of lower-case letters, digits and hyphens that begins with a letter' });
