/** Who else on this machine can read or replace the records. */
import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Finding, orOk, problem, warning } from './finding.ts';
import type { Patient } from './patient.ts';

export const isOpenToOthers = ({ mode }: Pick<Stats, 'mode'>): boolean => (mode & 0o077) !== 0;
/** A sticky folder, such as /tmp, lets others make files and not replace ours. */
export const isWritableByOthers = ({ mode }: Pick<Stats, 'mode'>): boolean =>
  (mode & 0o022) !== 0 && (mode & 0o1000) === 0;

export function checkPermissions({ files, opened }: Patient): readonly Finding[] {
  if (!files || opened?.kind !== 'opened') return [];
  const found = ['', '-wal', '-shm'].flatMap((end) => judgeFile(`${files.path}${end}`));
  const folder = dirname(files.path);
  if (isWritableByOthers(statSync(folder))) {
    found.push(problem('permissions', `others can replace files in ${folder}`, `chmod go-w ${folder}`));
  }
  return orOk(found, 'permissions', 'only its owner can read the store');
}

function judgeFile(path: string): Finding[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  const found: Finding[] = [];
  if (isOpenToOthers(stats)) found.push(problem('permissions', `others can read ${path}`, `chmod 600 ${path}`));
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && stats.uid !== self) {
    const todo = `Run the doctor as the server does; if this is it: chown ${self} ${path}`;
    found.push(warning('permissions', `${path} belongs to user ${stats.uid}, and this is user ${self}`, todo));
  }
  return found;
}
