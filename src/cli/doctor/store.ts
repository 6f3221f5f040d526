/** The store: whether it is there, ours, whole, and growing as it should. */
import type { FileFault } from '../../store/files.ts';
import { byteSize } from '../byte-size.ts';
import { type Finding, note, ok, problem, warning } from './finding.ts';
import type { Patient } from './patient.ts';

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
  unreadable: [
    'cannot be opened',
    'Check who owns it and its folder; if that is right it is damaged: restore a backup.',
  ],
};

export function checkStore({ files, opened }: Patient): readonly Finding[] {
  if (!files || !opened) return [note('store', 'it lies in no file of this machine, and was not looked at')];
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
    found.push(note('store', 'it was written by an older version', 'Back it up; the next start brings it up to date.'));
  }
  return [...found, ...judgeWaiting(file.waitingBytes)];
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
