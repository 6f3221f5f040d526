/** Room on the disk of the store. A full disk stops every login, since each writes a record. */
import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { byteSize } from '../byte-size.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { Patient } from './patient.ts';

const leastFree = 200e6;
const comfortableFree = 1e9;

export function checkDisk({ files, opened }: Patient): readonly Finding[] {
  if (!files || !existsSync(dirname(files.path))) return [];
  const { bavail, bsize } = statfsSync(dirname(files.path));
  return [judgeRoom(bavail * bsize, opened?.kind === 'opened' ? opened.file.bytes : 0)];
}

export function judgeRoom(free: number, storeBytes: number, whose = 'the store'): Finding {
  const todo = 'Free some, or move the store to a larger disk.';
  const said = `${byteSize(free)} are free on the disk of ${whose}`;
  if (free < leastFree) return problem('disk', said, todo);
  // Twice: a backup beside the store, or a restored one, needs as much again.
  if (free < Math.max(comfortableFree, 2 * storeBytes)) return warning('disk', said, todo);
  return ok('disk', said);
}
