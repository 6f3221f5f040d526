/** The master key and the ring under it: there, ours alone, whole, and turning. */
import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { days } from '../../base/duration.ts';
import { isDomainError } from '../../base/errors.ts';
import { systemIds } from '../../base/ids.ts';
import { planRotation, type RotationRule } from '../../core/keys/plan-rotation.ts';
import { type RingKey, type RingUse, readRing } from '../../core/keys/ring.ts';
import type { StoreFile } from '../../store/files.ts';
import { masterKeyFile } from '../present-master-key.ts';
import { type Finding, note, ok, orOk, problem, warning } from './finding.ts';
import type { Patient } from './patient.ts';
import { isOpenToOthers, isWritableByOthers } from './permissions.ts';

const bringBack = 'Bring back the copy of the key directory that belongs to this store.';

export async function checkKeys(patient: Patient): Promise<readonly Finding[]> {
  const { config, masterKey, opened, files } = patient;
  const { directory, rotation } = config.keys;
  const path = masterKeyFile(directory);
  const file = opened?.kind === 'opened' ? opened.file : undefined;
  if (masterKey.kind === 'absent') {
    if (!file) return [note('keys', `there is no master key in ${path}; the first start makes it`)];
    return [
      problem(
        'keys',
        `there is no master key in ${path}`,
        `${bringBack} Do not start before: a new key opens nothing.`,
      ),
    ];
  }
  if (masterKey.kind === 'unreadable') return [problem('keys', `${path} holds no key that can be read`, bringBack)];
  const found = [...judgeModes(path, directory), ...(files ? judgePlace(directory, files.path) : [])];
  if (file) found.push(...(await checkRing(patient, file, rotation)));
  return orOk(found, 'keys', 'the master key is readable by its owner alone');
}

function judgeModes(path: string, directory: string): readonly Finding[] {
  const found: Finding[] = [];
  if (isOpenToOthers(statSync(path))) {
    found.push(
      problem(
        'keys',
        `others can read ${path}`,
        `chmod 600 ${path}; if somebody may have: see docs/operations.md, "A key is known"`,
      ),
    );
  }
  if (isWritableByOthers(statSync(directory))) {
    found.push(problem('keys', `others can replace files in ${directory}`, `chmod go-w ${directory}`));
  }
  return found;
}

function judgePlace(directory: string, store: string): readonly Finding[] {
  const way = relative(dirname(store), resolve(directory));
  if (way.startsWith('..') || !existsSync(directory)) return [];
  return [
    note(
      'keys',
      'the key directory lies in the folder of the store',
      'Leave it out when that folder is copied: each is worth little without the other.',
    ),
  ];
}

async function checkRing(
  { masterKey, clock }: Patient,
  file: StoreFile,
  rule: RotationRule,
): Promise<readonly Finding[]> {
  if (masterKey.kind !== 'present') return [];
  try {
    const keys = await readRing({ store: file.store, clock, ids: systemIds }, masterKey.key);
    // A day's grace: the job looks every hour, and nobody is to be woken by a restart.
    const isOverdue = planRotation(keys, rule, clock.now() - days(1)).length > 0;
    const overdue = warning(
      'keys',
      'keys should have turned more than a day ago',
      'Is a server running? See `sekisho jobs list`; `sekisho keys rotate` does it now.',
    );
    return [...judgeRing(keys), ...(isOverdue ? [overdue] : [])];
  } catch (error) {
    if (isDomainError(error, 'key.unreadable')) {
      return [problem('keys', 'the keys in the store do not open with this master key', bringBack)];
    }
    if (isDomainError(error, 'store.unavailable')) return [problem('keys', 'the keys in the store cannot be read')];
    throw error;
  }
}

/** Total, so that a new use cannot be forgotten here. */
const purposes: Readonly<Record<RingUse, string>> = {
  'token-signing': 'no token can be signed',
  'cookie-signing': 'no cookie can be signed',
  'token-sealing': 'no code can be made',
  pairwise: 'no pairwise subject can be made',
  'audit-signing': 'no audit checkpoint can be signed',
};

export function judgeRing(keys: readonly RingKey[]): readonly Finding[] {
  const missing = Object.entries(purposes).filter(
    ([use]) => !keys.some((key) => key.use === use && key.state === 'active'),
  );
  if (missing.length === 0) return [ok('keys', `${keys.length} keys open with the master key, one for each purpose`)];
  return missing.map(([use, consequence]) =>
    keys.some((key) => key.use === use)
      ? problem('keys', `there is no active ${use} key: ${consequence}`, 'Restore the last backup.')
      : note('keys', `there is no ${use} key yet; the next start makes it`),
  );
}
