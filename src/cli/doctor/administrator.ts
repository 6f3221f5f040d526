/** Somebody must be able to work in the installation. */

import { systemIds } from '../../base/ids.ts';
import { hasAdministrator } from '../../core/access/role-grant.ts';
import { type Finding, note, ok } from './finding.ts';
import type { OpenPatient } from './patient.ts';

export async function checkAdministrator({ clock, file }: OpenPatient): Promise<readonly Finding[]> {
  if (await hasAdministrator({ store: file.store, clock, ids: systemIds }))
    return [ok('administrator', 'there is one')];
  return [
    note(
      'administrator',
      'there is none yet',
      'Start the server: it prints a link, good for 30 minutes, to make the first one.',
    ),
  ];
}
