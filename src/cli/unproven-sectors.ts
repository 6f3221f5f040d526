/** Which of the imported connections claim a sector (OIDC Core 8.1) whose owner does not name their addresses. */
import type { Finding } from '../base/document/problem.ts';
import type { JudgedEntry } from '../core/connections/document.ts';
import type { PlannedConnection } from '../core/connections/plan-import.ts';
import type { Outgoing } from '../outgoing/open-outgoing.ts';
import { sectorProblem } from '../protocols/oidc/sector-list.ts';
import { sectorWords } from './unreached.ts';

/** What was proven stays so: only where sector or addresses are new is the list read again. */
const proofs = ['oidc.sectorIdentifierUri', 'oidc.redirectUris', 'oidc.subject'];

const isUnproven = ({ kind, changes }: PlannedConnection): boolean =>
  kind === 'new' || changes.some(({ field }) => proofs.includes(field));

export async function unprovenSectors(
  outgoing: Outgoing,
  entries: readonly JudgedEntry[],
  planned: readonly PlannedConnection[],
): Promise<readonly Finding[]> {
  const unproven = new Set(planned.filter(isUnproven).map(({ id }) => id));
  const found = entries.map(async ({ id, oidc }, index): Promise<readonly Finding[]> => {
    const problem = oidc && unproven.has(id) ? await sectorProblem(outgoing, oidc) : undefined;
    if (problem === undefined) return [];
    return [{ path: ['connections', index, 'oidc', 'sectorIdentifierUri'], message: sectorWords(problem) }];
  });
  return (await Promise.all(found)).flat();
}
