/** Plans, writes unless it is a rehearsal, and tells what became of each person. Shared by `people add` and `import`. */
import { locateFindings, type Path } from '../base/document/problem.ts';
import type { Actor } from '../core/audit/event.ts';
import { type PeopleCounts, planPeople, writePeople } from '../core/people/import.ts';
import type { PersonEntry, RegisterPlan } from '../core/people/register.ts';
import type { World } from '../core/world.ts';
import { done, problemsReport, type Report } from './report.ts';

export const peopleJson =
  '{ counts: { new, changed, unchanged, conflict }, people: [{ outcome, id, accounts: [{ id, loginName }] }] }';

export async function enterPeople(
  world: World,
  actor: Actor,
  entries: readonly PersonEntry[],
  positionOf: (path: Path) => string | undefined,
): Promise<Report> {
  const { counts, findings, plans } = await planPeople(world, actor, entries);
  if (findings.length > 0) {
    const report = problemsReport(locateFindings(findings, positionOf), `nothing was written (${countsLine(counts)})`);
    return { ...report, json: { counts, ...report.json } };
  }
  await writePeople(world, plans);
  return done([countsLine(counts)], { counts, people: plans.map(outcomeOf) });
}

const countsLine = (counts: PeopleCounts): string =>
  Object.entries(counts)
    .filter(([kind, count]) => kind !== 'conflict' || count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');

/** No names: what a program needs next are the ids. */
const outcomeOf = (plan: RegisterPlan): object =>
  plan.kind === 'conflict'
    ? { outcome: plan.kind }
    : {
        outcome: plan.kind,
        id: plan.person.id,
        accounts: plan.accounts.map(({ id, loginName }) => ({ id, loginName })),
      };
