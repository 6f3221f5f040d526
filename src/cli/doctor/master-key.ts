/** Whether the master keys in the folder are those that the store needs, and how far a change of them has come. */
import { hours } from '../../base/duration.ts';
import { credentials } from '../../core/credentials/credential.ts';
import { sealedFactors } from '../../core/credentials/sealed-factors.ts';
import { type MasterKeyUse, masterKeyUses, readUse } from '../../core/keys/master-key-use.ts';
import { keyRing } from '../../core/keys/ring.ts';
import { sealedKeys } from '../../core/keys/sealed-keys.ts';
import { notices } from '../../core/notices/notice.ts';
import { sealedNotices } from '../../core/notices/sealed-notices.ts';
import { type Finding, note, problem, warning } from './finding.ts';
import type { Patient, Records } from './patient.ts';

const goOn = '`sekisho keys rotate-master` goes on with it.';
/** It takes minutes. */
const patience = hours(1);

export async function checkMasterKey(patient: Patient, file: Records): Promise<readonly Finding[]> {
  const { masterKey, clock } = patient;
  const counts = file.counts();
  // A ring, and a use, that no installation has written yet.
  if (masterKey.kind !== 'present' || !counts[keyRing.name] || counts[masterKeyUses.name] === undefined) return [];
  const use = await readUse(file.store);
  if (!use) return [];
  return [
    ...judgeFiles(patient, use),
    ...(use.leaving !== undefined && clock.now() - use.since > patience ? [unfinished(use.leaving)] : []),
    ...(await checkStragglers(file, use)),
  ];
}

const unfinished = (leaving: string): Finding =>
  warning('keys', `the change of the master key was begun and not finished; ${leaving} is still needed`, goOn);

function judgeFiles({ masterKey, config }: Patient, use: MasterKeyUse): readonly Finding[] {
  if (masterKey.kind !== 'present') return [];
  const { directory } = config.keys;
  const { inForce, next, leaving, retired } = use;
  const usable = masterKey.files.filter(({ state }) => state === 'usable');
  const isHere = (id: string): boolean => usable.some(({ key }) => key.id === id);
  const found: Finding[] = [];
  for (const id of [inForce, leaving]) {
    if (id === undefined || isHere(id)) continue;
    const todo = 'Bring it here from the machine where it was made, or from the safe, and restart.';
    found.push(problem('keys', `the store needs master key ${id}, which is not in ${directory}`, todo));
  }
  if (next !== undefined) {
    const todo = `Copy master-${next}.key here before \`sekisho keys rotate-master\` is called again: without it this machine cannot go on.`;
    found.push(
      isHere(next)
        ? note('keys', `master key ${next} is made and waits; nothing is sealed under it yet`, goOn)
        : warning('keys', `the next master key, ${next}, is not in ${directory}`, todo),
    );
  }
  for (const { key, path } of usable) {
    if (retired.includes(key.id)) {
      found.push(
        warning('keys', `${path} is an old master key, and is still read`, '`sekisho keys rotate-master` renames it.'),
      );
    } else if (![inForce, next, leaving].includes(key.id)) {
      found.push(note('keys', `${path} is a master key that this store does not know`, 'Move it to where it belongs.'));
    }
  }
  for (const { path, state } of masterKey.files) {
    if (state !== 'retired') continue;
    const todo = 'Move it to where the backups of its time are kept, and destroy it with the last of them.';
    found.push(note('keys', `${path} is a retired master key`, todo));
  }
  return found;
}

/** Something that a process sealed which had not noticed the change, after the old key had gone. */
async function checkStragglers(file: Records, { retired }: MasterKeyUse): Promise<readonly Finding[]> {
  const has = ({ name }: { readonly name: string }): boolean => file.counts()[name] !== undefined;
  const places = [
    sealedKeys,
    ...(has(notices) ? [sealedNotices] : []),
    // By an index that an older version did not declare.
    ...(has(credentials) && file.isLayoutPresent ? [sealedFactors] : []),
  ];
  const found: Finding[] = [];
  for (const id of retired) {
    const counts = await Promise.all(places.map(({ countUnder }) => countUnder(file.store, id)));
    const count = counts.reduce((sum, one) => sum + one, 0);
    const todo = `Rename master-${id}.retired to master-${id}.key; \`sekisho keys rotate-master\` seals them again.`;
    if (count > 0) found.push(warning('keys', `${count} records are sealed under the retired master key ${id}`, todo));
  }
  return found;
}
