/**
 * The files of the configured store, with the master key that belongs to it: what backup and restore stand on. Where it lies in
 * none, what to use instead.
 */
import { isDomainError } from '../base/errors.ts';
import type { Config } from '../config/schema.ts';
import type { MasterKeys } from '../core/keys/master-keys.ts';
import type { StoreFiles } from '../store/files.ts';
import { storeFilesOf, storeSetOf } from '../store/open.ts';
import type { StoreSet } from '../store/set.ts';
import { masterKeyFile, presentMasterKey } from './present-master-key.ts';
import { type Report, refused } from './report.ts';

export type StoreInFiles =
  | { readonly ok: true; readonly files: StoreFiles; readonly masterKey: MasterKeys }
  | { readonly ok: false; readonly report: Report };

export async function storeInFiles({ store, keys }: Config): Promise<StoreInFiles> {
  const files = storeFilesOf(store.url);
  if (!files) return { ok: false, report: noFiles(storeSetOf(store)) };
  const found = presentMasterKey(keys.directory);
  const path = masterKeyFile(keys.directory);
  if (found.kind === 'present') return { ok: true, files, masterKey: found.key };
  const sentence =
    found.kind === 'absent'
      ? `There is no master key in ${path}: bring back the key directory first.`
      : `The master key in ${path} cannot be read.`;
  return { ok: false, report: refusal(`master_key_${found.kind}`, sentence) };
}

const noFiles = (set: StoreSet | undefined): Report =>
  set
    ? refusal('no_files', `The records lie in ${set.name}, and MongoDB copies them by its own means.`, [
        'mongodump --oplog, or a snapshot of a member: docs/operations.md, "Backup and restore of MongoDB".',
        'After they were put back: `sekisho store forget`, before the first node is started.',
      ])
    : refusal('no_files', 'The configured store lies in memory: there is nothing to copy.');

/**
 * What kept a copy from being written: no such folder, no right, no room. Anything else is a bug.
 * @throws the error itself when it is none of those.
 */
export function copyRefusal(error: unknown, to: string): Report {
  const told = isDomainError(error, 'store.unavailable') ? error.cause : error;
  const isOfSystem = Error.isError(told) && 'code' in told && typeof told.code === 'string';
  if (!isOfSystem) throw error;
  return refusal('not_written', `${to} could not be written. Nothing is left of it, and nothing else was changed.`, [
    told.message,
  ]);
}

/** `reason` is for programs and does not change. */
export const refusal = (reason: string, message: string, details: readonly string[] = []): Report =>
  refused([message, ...details.map((line) => `  ${line}`)], { refused: [{ reason, message }] });
