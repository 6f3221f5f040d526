/** What a new password must be, and how passwords are stored. */
import { z } from 'zod';

export const password = z
  .strictObject({
    preset: z
      .enum(['default', 'kyoto', 'kyoto-2017'])
      .prefault('default')
      .describe(
        'default: 12 to 128 characters of any kind. kyoto: 12 to 16 with upper case, lower case and digit. kyoto-2017: 8 to 16 letters and digits, too weak for REFEDS SFA.',
      ),
    argon2: z
      .strictObject({
        memoryKiB: z.int().min(8).max(4_194_304).prefault(19_456).describe('Memory for one hash, in KiB.'),
        iterations: z.int().min(1).max(100).prefault(2).describe('Passes over that memory.'),
        parallelism: z.int().min(1).max(16).prefault(1).describe('Lanes.'),
      })
      .describe('Cost of Argon2id. When it rises, each password is hashed anew at its next login.'),
  })
  .describe('Passwords.');
