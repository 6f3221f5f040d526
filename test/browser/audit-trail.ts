/** What was recorded of the logins so far, in order: how a test sees that something happened once and not twice. */
import { type AuditFacts, auditEvents } from '../../src/core/audit/event.ts';
import type { TestSekisho } from '../support/sekisho.ts';

export async function auditTrail({ ground }: TestSekisho, type: AuditFacts['type']): Promise<readonly AuditFacts[]> {
  const page = await ground.world.store.find(auditEvents, { index: 'byTime', limit: 1000 });
  return page.records.map(({ facts }) => facts).filter((facts) => facts.type === type);
}
