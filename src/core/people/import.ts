/**
 * Many persons at once. Everything is planned before anything is written, so that whoever must be looked at is named first;
 * then it is written in commits of a bounded size, since a whole year's list in one would hold up every login.
 */
import type { Finding } from '../../base/document/problem.ts';
import type { Write } from '../../store/port.ts';
import type { Actor } from '../audit/event.ts';
import type { World } from '../world.ts';
import { type PersonEntry, planRegister, type RegisterPlan } from './register.ts';

const peopleInCommit = 200;

export type PeopleCounts = Readonly<Record<RegisterPlan['kind'], number>>;

export interface PeopleImport {
  readonly counts: PeopleCounts;
  readonly plans: readonly RegisterPlan[];
  /** Not empty: nothing may be written. */
  readonly findings: readonly Finding[];
}

export async function planPeople(world: World, actor: Actor, entries: readonly PersonEntry[]): Promise<PeopleImport> {
  const plans: RegisterPlan[] = [];
  for (let start = 0; start < entries.length; start += peopleInCommit) {
    const some = entries.slice(start, start + peopleInCommit);
    plans.push(...(await Promise.all(some.map((entry) => planRegister(world, actor, entry)))));
  }
  const counts = { new: 0, changed: 0, unchanged: 0, conflict: 0 };
  for (const { kind } of plans) counts[kind] += 1;
  const findings = plans.flatMap((plan, index) =>
    plan.kind === 'conflict' ? [{ path: ['people', index], message: conflictText(plan.personIds) }] : [],
  );
  return { counts, plans, findings };
}

/** Importing the same document again goes on where a failure stopped it. @throws DomainError `store.*`. */
export async function writePeople({ store }: World, plans: readonly RegisterPlan[]): Promise<void> {
  const writes = plans.map((plan): readonly Write[] => (plan.kind === 'conflict' ? [] : plan.writes));
  for (let start = 0; start < writes.length; start += peopleInCommit) {
    const some = writes.slice(start, start + peopleInCommit).flat();
    if (some.length > 0) await store.commit(some);
  }
}

/** One alone is somebody else, who has an id that the entry gives to this one. */
const conflictText = (personIds: readonly string[]): string =>
  personIds.length > 1
    ? `is several persons already: ${personIds.join(', ')}`
    : `has the immutableId of another account already, of the person ${personIds.join()}`;
