/** The store: whether it is there, ours, whole, and growing as it should. */
import { statSync } from 'node:fs';
import type { FileFault, StoreFile } from '../../store/files.ts';
import { byteSize } from '../byte-size.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, note, ok, problem, warning } from './finding.ts';
import type { Patient } from './patient.ts';
import { judgeSet } from './replica-set.ts';

/** Beyond this somebody keeps what waits beside the file from being merged. The engine merges it at 4 MB. */
const largestWaiting = 256e6;

const restoreIt = 'Stop the server and bring back a backup: sekisho restore FILE --force.';

const faults: Readonly<Record<Exclude<FileFault, 'absent'>, readonly [what: string, todo: string]>> = {
  foreign: ['is not a store of Sekisho', 'Check store.url.'],
  truncated: ['is cut off', restoreIt],
  live: ['is a plain copy of a store in use', restoreIt],
  newer: [
    'was written by a newer version',
    'Install that version again, or restore the backup made before the upgrade.',
  ],
  half_copied: [
    'was copied in part only',
    'Run `sekisho store copy` again with the same addresses: it goes on where it stopped.',
  ],
  unreadable: [
    'cannot be opened',
    'Check who owns it and its folder; if that is right it is damaged: restore a backup.',
  ],
};

export function checkStore({ files, opened, set }: Patient): readonly Finding[] {
  if (set) {
    const [half, goOn] = faults.half_copied;
    const refused =
      set.refused === 'store.half_copied'
        ? [problem('store', `${set.name} ${half}`, goOn)]
        : set.refused
          ? [problem('store', `the records in ${set.name} cannot be read (${set.refused})`)]
          : [];
    return [...judgeSet(set.standing), ...refused];
  }
  if (!files || !opened) return [note('store', 'it lies in memory, and was not looked at')];
  const { path } = files;
  if (opened.kind === 'refused') {
    if (opened.fault === 'absent') return [note('store', `${path} is not there; the first start makes it`)];
    const [what, todo] = faults[opened.fault];
    return [problem('store', `${path} ${what}`, todo)];
  }
  const { file } = opened;
  const damage = file.damage('quick');
  if (damage.length > 0) return [problem('store', `${path} is damaged: ${damage.join('; ')}`, restoreIt)];
  const found = [ok('store', `${path} is whole, ${byteSize(file.bytes + file.waitingBytes)}`)];
  if (!file.isLayoutPresent) {
    const needed = byteSize(2 * (file.bytes + file.waitingBytes));
    const todo = `The next start brings it up to date, with nobody else at it; it copies it first, and needs ${needed} free.`;
    found.push(note('store', 'it was written by an older version', todo));
  }
  return [...found, ...judgeUpgrade(file), ...judgeWaiting(file.waitingBytes)];
}

function judgeUpgrade({ lastUpgrade }: StoreFile): readonly Finding[] {
  const size = lastUpgrade && statSync(lastUpgrade.backup, { throwIfNoEntry: false })?.size;
  if (!lastUpgrade || size === undefined) return [];
  const what = `as it was before the upgrade of ${isoTime(lastUpgrade.at)} it lies in ${lastUpgrade.backup} (${byteSize(size)})`;
  return [note('store', what, 'Remove that once all has gone well for a while.')];
}

export const judgeWaiting = (waitingBytes: number): readonly Finding[] =>
  waitingBytes <= largestWaiting
    ? []
    : [
        warning(
          'store',
          `${byteSize(waitingBytes)} wait beside the file to be merged into it`,
          'Something has the store open and reads for very long: end it (lsof shows who), or restart the server.',
        ),
      ];
