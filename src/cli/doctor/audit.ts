/** Whether the sealer keeps up. Whether what it sealed is untouched, `audit verify` says. */
import { days, minutes } from '../../base/duration.ts';
import { auditEvents, unsealed } from '../../core/audit/event.ts';
import { isoTime } from '../shown-time.ts';
import { type Finding, ok, problem, warning } from './finding.ts';
import type { OpenPatient } from './patient.ts';

export async function checkAudit({ clock, file }: OpenPatient): Promise<readonly Finding[]> {
  const query = { index: 'byBatch', equals: [unsealed] };
  const [oldest] = (await file.store.find(auditEvents, { ...query, limit: 1 })).records;
  const age = oldest === undefined ? 0 : clock.now() - oldest.at;
  if (oldest === undefined || age < minutes(10)) return [ok('audit', 'events are sealed as they come')];
  const count = await file.store.count(auditEvents, query);
  const say = age < days(1) ? warning : problem;
  const what = `${count} events are not sealed, the oldest since ${isoTime(oldest.at)}`;
  return [say('audit', what, 'Is a server running? `sekisho jobs list` says why audit-seal does not.')];
}
