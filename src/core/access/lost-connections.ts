/** The services that a person would be shut out of without one of their factors: those must not go by one press. */
import { isAudience } from '../connections/audience.ts';
import { type Connection, connections } from '../connections/connection.ts';
import type { AssuranceRule } from '../credentials/assurance.ts';
import type { Credential } from '../credentials/credential.ts';
import type { Account } from '../people/account.ts';
import type { Person } from '../people/person.ts';
import type { World } from '../world.ts';
import { isNamedFactor, reachableLevels } from './fresh-check.ts';

export interface Owner {
  readonly account: Account;
  readonly person: Person;
}

/** The services that this person may use and that insist on a level. */
export async function demandingConnections(world: World, { account, person }: Owner): Promise<readonly Connection[]> {
  const now = world.clock.now();
  const found: Connection[] = [];
  let after: string | undefined;
  do {
    const query = { index: 'byState', equals: ['active'], limit: 1000 };
    const page = await world.store.find(connections, { ...query, ...(after ? { after } : {}) });
    found.push(
      ...page.records.filter(
        (connection) => connection.requiredLevel !== undefined && isAudience(connection, person, account, now),
      ),
    );
    after = page.next;
    // Ten thousand connections must not keep every login waiting: an engine may read in this thread.
    await new Promise((resolve) => setImmediate(resolve));
  } while (after);
  return found;
}

/** Those that `held` does for, and that it would not without `goneId`. Stand-ins do not count: they run out. */
export async function lostConnections(
  world: World,
  rule: AssuranceRule,
  owner: Owner,
  { held, goneId }: { readonly held: readonly Credential[]; readonly goneId: string },
): Promise<readonly Connection[]> {
  const now = world.clock.now();
  const lasting = held.filter((credential) => credential.kind === 'password' || isNamedFactor(credential));
  const before = reachableLevels(rule, lasting, now);
  const after = reachableLevels(
    rule,
    lasting.filter(({ id }) => id !== goneId),
    now,
  );
  const lost = before.filter((level) => !after.includes(level));
  if (lost.length === 0) return [];
  const demanding = await demandingConnections(world, owner);
  return demanding.filter(({ requiredLevel }) => requiredLevel !== undefined && lost.includes(requiredLevel));
}
