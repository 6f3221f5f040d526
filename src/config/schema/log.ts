/** How much is said on standard output. */
import { z } from 'zod';
import type { LogLevel } from '../../base/log.ts';

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies readonly LogLevel[];

export const log = z
  .strictObject({
    level: z.enum(logLevels).prefault('info').describe('The least severe kind of line that is written.'),
  })
  .describe('The log: one JSON object a line, on standard output.');
