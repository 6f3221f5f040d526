/** What the demonstration leaves behind where it does not belong: its passwords are known to everybody. */

import { isLoopbackHost } from '../../base/loopback-host.ts';
import { isProduction } from '../../config/rules/production.ts';
import { auditEvents } from '../../core/audit/event.ts';
import { allConnections } from '../../core/connections/registry.ts';
import { type Finding, orOk, problem, warning } from './finding.ts';
import type { OpenPatient } from './patient.ts';

/** The demonstration enters its people before anything else happens in its store. */
const firstEvents = 50;

export async function checkDemo({ config, file }: OpenPatient): Promise<readonly Finding[]> {
  if (!isProduction(config)) return [];
  const { records } = await file.store.find(auditEvents, { index: 'byTime', limit: firstEvents });
  const found: Finding[] = [];
  if (records.some(({ actor }) => actor.kind === 'operator' && actor.id === 'demo')) {
    const todo = 'Begin with an empty store: the passwords of its people are known to everybody.';
    found.push(problem('demo', 'the store began as that of the demonstration', todo));
  }
  for (const { id, homeUrl, state } of await allConnections({ store: file.store })) {
    if (state !== 'active' || !isLoopbackHost(URL.parse(homeUrl)?.hostname ?? '')) continue;
    const todo = `sekisho connections suspend ${id} --reason "left over"`;
    found.push(warning('demo', `the connection ${id} is at ${homeUrl}, on the machine of whoever opens it`, todo));
  }
  return orOk(found, 'demo', 'nothing is left of a demonstration');
}
