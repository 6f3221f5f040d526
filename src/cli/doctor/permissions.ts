/** Who else on this machine can read or replace the records. */
import { existsSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Finding, orOk, problem, warning } from './finding.ts';
import type { Patient } from './patient.ts';

export const isOpenToOthers = ({ mode }: Pick<Stats, 'mode'>): boolean => (mode & 0o077) !== 0;
/** A sticky folder, such as /tmp, lets others make files and not replace ours. */
export const isWritableByOthers = ({ mode }: Pick<Stats, 'mode'>): boolean =>
  (mode & 0o022) !== 0 && (mode & 0o1000) === 0;

export function checkPermissions({ files, opened }: Patient): readonly Finding[] {
  if (!files || opened?.kind !== 'opened') return [];
  const found = judgeFiles(['', '-wal', '-shm'].map((end) => `${files.path}${end}`).filter((path) => existsSync(path)));
  const folder = dirname(files.path);
  if (isWritableByOthers(statSync(folder))) {
    found.push(problem('permissions', `others can replace files in ${folder}`, `chmod go-w ${folder}`));
  }
  return orOk(found, 'permissions', 'only its owner can read the store');
}

function judgeFiles(paths: readonly string[]): Finding[] {
  const found: Finding[] = [];
  const open = paths.filter((path) => isOpenToOthers(statSync(path)));
  if (open.length > 0) {
    found.push(problem('permissions', `others can read ${open.join(', ')}`, `chmod 600 ${open.join(' ')}`));
  }
  const self = process.getuid?.();
  const foreign = paths.filter((path) => self !== undefined && self !== 0 && statSync(path).uid !== self);
  if (foreign.length > 0) {
    const todo = 'Run the doctor as the user of the server; if this is it, give it the files with chown.';
    found.push(warning('permissions', `${foreign.join(', ')} belongs to another user`, todo));
  }
  return found;
}
