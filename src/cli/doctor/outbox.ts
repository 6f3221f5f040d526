/** Whether what is owed gets there. */
import { hours } from '../../base/duration.ts';
import { notices } from '../../core/notices/notice.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, orOk, warning } from './finding.ts';
import type { OpenPatient } from './patient.ts';

const patience = hours(1);

export async function checkOutbox({ clock, file }: OpenPatient): Promise<readonly Finding[]> {
  // A store that never had an outbox owes nothing.
  if (file.counts()[notices.name] === undefined) return [];
  const found: Finding[] = [];
  const dead = await file.store.count(notices, { index: 'byState', equals: ['dead'] });
  if (dead > 0) {
    const todo = '`sekisho outbox list` says which and why; `outbox retry` or `outbox drop` settles each.';
    found.push(warning('outbox', `${dead} could not be delivered and are not tried again`, todo));
  }
  const [oldest] = (await file.store.find(notices, { index: 'byState', equals: ['due'], limit: 1 })).records;
  if (oldest && clock.now() - oldest.createdAt > patience) {
    const why = oldest.lastError === undefined ? 'it was not tried' : `the last try ended with ${oldest.lastError}`;
    const what = `the oldest notice (${oldest.kind}) waits since ${isoTime(oldest.createdAt)}; ${why}`;
    found.push(
      warning(
        'outbox',
        what,
        'Is a server running, and does it reach the mail server or the service? Try doctor --reach.',
      ),
    );
  }
  return orOk(found, 'outbox', 'nothing waits for long');
}
