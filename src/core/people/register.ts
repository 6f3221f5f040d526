/**
 * A person and their accounts from one validated document: added where they are new, brought up to date where the
 * number or login name is known. What a document leaves out stays as it was; nothing is deleted by an import.
 */
import { findOne, insert, replace, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { World } from '../world.ts';
import { type Account, accountByLoginName, accounts, canonicalLoginName } from './account.ts';
import { type Person, people } from './person.ts';

export interface AccountEntry {
  readonly kind: string;
  readonly loginName: string;
  readonly universityMail?: string;
  readonly immutableId?: string;
  readonly expiresAt?: number;
}

/** A person without what the store adds, and their accounts. */
export interface PersonEntry extends Omit<Person, 'id' | 'createdAt'> {
  readonly accounts: readonly AccountEntry[];
}

export type RegisterPlan =
  | {
      readonly kind: 'new' | 'changed' | 'unchanged';
      readonly person: Person;
      readonly accounts: readonly Account[];
      readonly writes: readonly Write[];
    }
  /** The numbers and login names belong to more than one person: somebody has to look. */
  | { readonly kind: 'conflict'; readonly personIds: readonly string[] };

export async function planRegister(world: World, actor: Actor, entry: PersonEntry): Promise<RegisterPlan> {
  const { accounts: accountEntries, ...facts } = entry;
  const found = await Promise.all(accountEntries.map(({ loginName }) => accountByLoginName(world.store, loginName)));
  const known = await knownPeople(world, entry, found);
  const others = await holdersOfIds(world, accountEntries);
  if (known.length > 1 || others.length > 0) {
    return { kind: 'conflict', personIds: [...new Set([...known.map(({ id }) => id), ...others])] };
  }
  const [existing] = known;
  const now = world.clock.now();
  const person: Person = existing ? { ...existing, ...facts } : { id: world.ids.id(), createdAt: now, ...facts };
  const writes: Write[] = [];
  if (!existing) {
    writes.push(insert(people, person), auditWrite(world, actor, { type: 'person.registered', personId: person.id }));
  } else if (!isSame(existing, person)) {
    writes.push(
      replace(people, person as Stored<Person>),
      auditWrite(world, actor, { type: 'person.updated', personId: person.id }),
    );
  }
  const planned = accountEntries.map((account, i) => planAccount(world, actor, person.id, account, found[i]));
  writes.push(...planned.flatMap((plan) => plan.writes));
  const kind = existing ? (writes.length > 0 ? 'changed' : 'unchanged') : 'new';
  return { kind, person, accounts: planned.map(({ account }) => account), writes };
}

function planAccount(
  world: World,
  actor: Actor,
  personId: string,
  entry: AccountEntry,
  known: Stored<Account> | undefined,
): { readonly account: Account; readonly writes: readonly Write[] } {
  const facts = { ...entry, loginName: canonicalLoginName(entry.loginName) };
  if (known) {
    const changed = { ...known, ...facts };
    return { account: changed, writes: isSame(known, changed) ? [] : [replace(accounts, changed)] };
  }
  const account: Account = {
    ...facts,
    id: world.ids.id(),
    personId,
    state: 'issued',
    createdAt: world.clock.now(),
  };
  const event = auditWrite(world, actor, { type: 'account.issued', accountId: account.id });
  return { account, writes: [insert(accounts, account), event] };
}

/**
 * Whose accounts have an immutable id that the entry gives to another one. It says nothing of who somebody is: a slip of
 * the finger in it must not make one person of two.
 */
async function holdersOfIds({ store }: World, entries: readonly AccountEntry[]): Promise<readonly string[]> {
  const holders = await Promise.all(
    entries.map(async ({ loginName, immutableId }) => {
      const holder =
        immutableId === undefined ? undefined : await findOne(store, accounts, 'byImmutableId', immutableId);
      return holder?.loginName === canonicalLoginName(loginName) ? undefined : holder?.personId;
    }),
  );
  return holders.filter((id) => id !== undefined);
}

async function knownPeople(
  { store }: World,
  entry: PersonEntry,
  found: readonly (Stored<Account> | undefined)[],
): Promise<readonly Stored<Person>[]> {
  const owners = found.flatMap((account) => (account ? [store.get(people, account.personId)] : []));
  const byNumber = [
    entry.studentNumber && findOne(store, people, 'byStudentNumber', entry.studentNumber),
    entry.staffNumber && findOne(store, people, 'byStaffNumber', entry.staffNumber),
  ];
  const candidates = (await Promise.all([...owners, ...byNumber])).flatMap((person) => (person ? [person] : []));
  return [...new Map(candidates.map((person) => [person.id, person])).values()];
}

/** Key order does not count: a record read from the store lists its fields in another order than a document does. */
const isSame = (left: object, right: object): boolean => canonical(left) === canonical(right);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
