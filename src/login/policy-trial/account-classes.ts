/**
 * Accounts that are alike for every rule and in what they could prove today, counted: one of each class stands for all. Pages
 * through the accounts, and keeps no more of them than the classes and some login names.
 */
import type { Instant } from '../../base/clock.ts';
import { credentialsOf, type PasswordCredential } from '../../core/credentials/credential.ts';
import { enrolmentEnd } from '../../core/credentials/enrolment-end.ts';
import type { FactorUse } from '../../core/credentials/factor-use.ts';
import { type Account, accounts, standingOf } from '../../core/people/account.ts';
import { type Person, people } from '../../core/people/person.ts';
import { type PolicySubject, policySubject } from '../../core/policy/policy.ts';
import type { World } from '../../core/world.ts';
import type { Stored } from '../../store/port.ts';
import { type HeldFactor, heldAmong } from '../held-factors.ts';

/** What one account is, and has. */
export interface Exemplar {
  readonly account: Stored<Account>;
  readonly person: Person;
  readonly subject: PolicySubject;
  readonly password?: PasswordCredential;
  readonly held: readonly HeldFactor[];
}

export interface AccountClass extends Exemplar {
  readonly count: number;
  /** Some login names. */
  readonly examples: readonly string[];
}

export interface ClassingMeans {
  readonly world: World;
  readonly enrolmentWindow: number;
  /** Login names to keep of each class. */
  readonly examples: number;
  /** Told after each page how many accounts were looked at. */
  readonly reached?: (count: number) => void;
}

/** Of accounts that can log in now. */
export async function classAccounts(means: ClassingMeans): Promise<readonly AccountClass[]> {
  const { world, reached = () => {} } = means;
  const now = world.clock.now();
  const classes = new Map<string, AccountClass>();
  let looked = 0;
  let after: string | undefined;
  do {
    const query = { index: 'byLoginName', limit: 1000, ...(after ? { after } : {}) };
    const page = await world.store.find(accounts, query);
    const active = page.records.filter((account) => standingOf(account, now) === 'active');
    for (const exemplar of await Promise.all(active.map((account) => readExemplar(world, account, now)))) {
      if (exemplar) countIn(classes, means, exemplar, now);
    }
    looked += page.records.length;
    reached(looked);
    after = page.next;
  } while (after);
  return [...classes.values()];
}

async function readExemplar({ store }: World, account: Stored<Account>, now: Instant): Promise<Exemplar | undefined> {
  const [person, all] = await Promise.all([store.get(people, account.personId), credentialsOf(store, account.id)]);
  if (!person) return undefined;
  const password = all.find((credential): credential is Stored<PasswordCredential> => credential.kind === 'password');
  const subject = policySubject(person, account, now);
  return { account, person, subject, ...(password ? { password } : {}), held: heldAmong(all, now) };
}

function countIn(
  classes: Map<string, AccountClass>,
  { enrolmentWindow, examples }: ClassingMeans,
  exemplar: Exemplar,
  now: Instant,
): void {
  const key = keyOf(exemplar, now < enrolmentEnd(exemplar.account, enrolmentWindow));
  const known = classes.get(key) ?? { ...exemplar, count: 0, examples: [] };
  const names = known.examples.length < examples ? [...known.examples, exemplar.account.loginName] : known.examples;
  classes.set(key, { ...known, count: known.count + 1, examples: names });
}

/** Everything on which the answer depends, and nothing else: whatever is left out here would make unlike accounts alike. */
const keyOf = ({ subject, password, held }: Exemplar, mayEnrol: boolean): string =>
  JSON.stringify([
    subject.accountKind,
    ...[subject.roles, subject.units, subject.groups].map(sorted),
    password?.preset,
    mayEnrol,
    sorted(held.map(({ potential }) => JSON.stringify(kindOf(potential)))),
  ]);

/** A factor without whose it is and when it was used. */
const kindOf = (use: FactorUse): object => ({ ...use, at: 0, credentialId: '' });

const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();
