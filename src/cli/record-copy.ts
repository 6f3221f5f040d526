/**
 * Writes into the audit trail that a copy was taken or put in the store's place. The copy is named by its digest: a path
 * may name a person or a machine, and says little about which file it was when somebody asks a year later.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isDomainError } from '../base/errors.ts';
import { auditWrite } from '../core/audit/event.ts';
import { done } from './report.ts';
import { type Call, onGround } from './verb.ts';

/** SHA-256, as `sha256sum` prints it. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** False where the store takes no writes: the copy is as good, and whoever made it is told. */
export async function recordCopy(
  call: Call<{ readonly config?: string }>,
  type: 'store.backed_up' | 'store.restored',
  digest: string,
): Promise<boolean> {
  try {
    await onGround(call, async (world) => {
      await world.store.commit([auditWrite(world, call.actor, { type, digest })]);
      return done([], {});
    });
    return true;
  } catch (error) {
    if (!isDomainError(error, 'store.unavailable')) throw error;
    return false;
  }
}

/** For the report. */
export const linesOfRecord = (digest: string, isRecorded: boolean): readonly string[] => [
  `SHA-256 ${digest}`,
  ...(isRecorded ? [] : ['The audit trail does not know of it: the store takes no writes at the moment.']),
];
