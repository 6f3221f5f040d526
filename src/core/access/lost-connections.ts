/** The services that a person would be shut out of without one of their factors: those must not go by one press. */
import { audienceOf } from '../connections/audience.ts';
import { type Connection, connections } from '../connections/connection.ts';
import type { AssuranceRule } from '../credentials/assurance.ts';
import type { Credential } from '../credentials/credential.ts';
import type { Level } from '../credentials/level.ts';
import type { Account } from '../people/account.ts';
import type { Person } from '../people/person.ts';
import { type Policy, type PolicySubject, policySubject, rulesAbout } from '../policy/policy.ts';
import type { World } from '../world.ts';
import { isNamedFactor, reachableLevels } from './fresh-check.ts';

export interface Owner {
  readonly account: Account;
  readonly person: Person;
}

/** A service that this person may use, and the levels on which it or the policy insists there. */
export interface Demanding {
  readonly connection: Connection;
  readonly levels: readonly Level[];
}

/** The rules of the policy as they would hold at worst: what somebody needs in a café is needed, wherever they are now. */
export async function demandingConnections(
  world: World,
  policy: Policy,
  { account, person }: Owner,
): Promise<readonly Demanding[]> {
  const now = world.clock.now();
  const subject = policySubject(person, account, now);
  const isMeant = audienceOf(person, account, now);
  const found: Demanding[] = [];
  let after: string | undefined;
  do {
    const query = { index: 'byState', equals: ['active'], limit: 1000 };
    const page = await world.store.find(connections, { ...query, ...(after ? { after } : {}) });
    for (const connection of page.records) {
      const levels = levelsAt(connection, policy, subject);
      if (levels.length > 0 && isMeant(connection.audience)) found.push({ connection, levels });
    }
    after = page.next;
    // Ten thousand connections must not keep every login waiting: an engine may read in this thread.
    await new Promise((resolve) => setImmediate(resolve));
  } while (after);
  return found;
}

const levelsAt = (connection: Connection, policy: Policy, subject: PolicySubject): readonly Level[] => [
  ...(connection.requiredLevel === undefined ? [] : [connection.requiredLevel]),
  ...rulesAbout(policy, connection, () => subject).map(({ rule }) => rule.level),
];

/** What is needed, and by whom. */
export interface Needs {
  readonly assurance: AssuranceRule;
  readonly policy: Policy;
}

/** Those that `held` does for, and that it would not without `goneId`. Stand-ins do not count: they run out. */
export async function lostConnections(
  world: World,
  { assurance, policy }: Needs,
  owner: Owner,
  { held, goneId }: { readonly held: readonly Credential[]; readonly goneId: string },
): Promise<readonly Connection[]> {
  const now = world.clock.now();
  const lasting = held.filter((credential) => credential.kind === 'password' || isNamedFactor(credential));
  const before = reachableLevels(assurance, lasting, now);
  const after = reachableLevels(
    assurance,
    lasting.filter(({ id }) => id !== goneId),
    now,
  );
  const lost = before.filter((level) => !after.includes(level));
  if (lost.length === 0) return [];
  const demanding = await demandingConnections(world, policy, owner);
  return demanding.flatMap(({ connection, levels }) =>
    levels.some((level) => lost.includes(level)) ? [connection] : [],
  );
}
