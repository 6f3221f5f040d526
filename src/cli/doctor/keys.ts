/** The master key and the ring under it: there, ours alone, whole, and turning. */
import { existsSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { days } from '../../base/duration.ts';
import { isDomainError } from '../../base/errors.ts';
import { systemIds } from '../../base/ids.ts';
import { pinnedKeys } from '../../core/connections/pinned-keys.ts';
import { planRotation, rotationRules } from '../../core/keys/plan-rotation.ts';
import { type RingKey, type RingUse, readRing } from '../../core/keys/ring.ts';
import { masterKeyFile } from '../present-master-key.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, note, ok, orOk, problem, warning } from './finding.ts';
import { checkMasterKey } from './master-key.ts';
import type { Patient, Records } from './patient.ts';
import { isOpenToOthers, isWritableByOthers } from './permissions.ts';

const bringBack = 'Bring back the copy of the key directory that belongs to this store.';

export async function checkKeys(patient: Patient): Promise<readonly Finding[]> {
  const { config, masterKey, records: file, files } = patient;
  const { directory } = config.keys;
  const path = masterKeyFile(directory);
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
  if (masterKey.kind !== 'present') {
    return [
      problem('keys', `a file in ${directory} is named as a master key and holds no key that can be read`, bringBack),
    ];
  }
  const found = [
    ...masterKey.files.flatMap((one) => judgeMode(one.path)),
    ...judgeFolder(directory),
    ...(files ? judgePlace(directory, files.path) : []),
  ];
  if (file) {
    const ofMaster = await checkMasterKey(patient, file);
    // Where a key is known to be lacking, that the ring does not open says nothing more.
    const isLacking = ofMaster.some(({ severity }) => severity === 'problem');
    found.push(...ofMaster, ...(isLacking ? [] : await checkRing(patient, file)));
  }
  return orOk(found, 'keys', 'the master key is readable by its owner alone');
}

function judgeMode(path: string): readonly Finding[] {
  if (!isOpenToOthers(statSync(path))) return [];
  return [
    problem(
      'keys',
      `others can read ${path}`,
      `chmod 600 ${path}; if somebody may have: see docs/operations.md, "A key is known"`,
    ),
  ];
}

function judgeFolder(directory: string): readonly Finding[] {
  if (!isWritableByOthers(statSync(directory))) return [];
  return [problem('keys', `others can replace files in ${directory}`, `chmod go-w ${directory}`)];
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

async function checkRing({ masterKey, clock, config }: Patient, file: Records): Promise<readonly Finding[]> {
  if (masterKey.kind !== 'present') return [];
  try {
    const keys = await readRing({ store: file.store, clock, ids: systemIds }, masterKey.key);
    const now = clock.now();
    const rules = rotationRules(config.keys.rotation, config.keys.certificates);
    // A day's grace: the job looks every hour, and nobody is to be woken by a restart.
    const pinned = await pinnedKeys(file, keys);
    const isOverdue = planRotation(keys, rules, now - days(1), pinned).length > 0;
    const overdue = warning(
      'keys',
      'keys should have turned more than a day ago',
      'Is a server running? See `sekisho jobs list`; `sekisho keys rotate` does it now.',
    );
    return [...judgeRing(keys), ...judgeCertificates(keys, now), ...(isOverdue ? [overdue] : [])];
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
  'saml-signing': 'no SAML answer can be signed',
  pairwise: 'no pairwise subject can be made',
  'code-digest': 'no activation key, recovery code or pass can be checked',
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

/** Longer than services take to take a new one. */
const certificateNotice = days(90);

/** The calendar turns a key before its certificate ends; this is for when it could not. */
export function judgeCertificates(keys: readonly RingKey[], now: number): readonly Finding[] {
  const ending = keys.filter(
    ({ state, certificate }) => state === 'active' && certificate && certificate.endsAt - certificateNotice <= now,
  );
  return ending.map(({ id, certificate }) => {
    const at = isoTime(certificate?.endsAt ?? now);
    const todo = '`sekisho keys list` says when the next one signs; see docs/operations.md, "Certificates".';
    return (certificate?.endsAt ?? now) <= now
      ? problem('keys', `the certificate of ${id} ended at ${at}: services that look at it refuse every login`, todo)
      : warning('keys', `the certificate of ${id} ends at ${at}`, todo);
  });
}
