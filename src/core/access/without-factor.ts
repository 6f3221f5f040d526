/**
 * Taking a factor away, with all that hung on it: the sessions that were entered with it end, the present one forgets it,
 * and with the last factor go the codes that only stood in for one, and the browsers in which it need not be shown.
 */
import { DomainError } from '../../base/errors.ts';
import { remove, replace, type Stored, type Write } from '../../store/port.ts';
import type { Actor } from '../audit/event.ts';
import type { NamedFactor } from '../credentials/add-factor.ts';
import { type Credential, credentials } from '../credentials/credential.ts';
import { planRemoveFactor } from '../credentials/remove-factor.ts';
import { planEndAllTrust } from '../credentials/trusted-browser.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { type Account, accounts } from '../people/account.ts';
import type { Person } from '../people/person.ts';
import { planEnd } from '../sessions/end.ts';
import { sessionsOf } from '../sessions/keep.ts';
import { type DerivedSessions, type Session, sessions } from '../sessions/session.ts';
import type { World } from '../world.ts';
import { isNamedFactor } from './fresh-check.ts';

export interface RemovalMeans {
  readonly world: World;
  readonly masterKey: MasterKey;
  readonly derivedSessions: readonly DerivedSessions[];
}

export interface FactorRemoval {
  /** As read together with `held`: it is written back, so that of two removals at once each sees what the other left. */
  readonly account: Stored<Account>;
  readonly person: Person;
  readonly held: readonly Stored<Credential>[];
  readonly factor: Stored<NamedFactor>;
  readonly presentSessionId: string;
}

/** @throws DomainError `session.not_found` where the present session has ended meanwhile. */
export async function planWithoutFactor(
  { world, masterKey, derivedSessions }: RemovalMeans,
  actor: Actor,
  { account, person, held, factor, presentSessionId }: FactorRemoval,
): Promise<readonly Write[]> {
  const all = await sessionsOf(world, account.id);
  const present = all.find(({ id }) => id === presentSessionId);
  if (!present) throw new DomainError('session.not_found');
  const entered = all.filter((session) => session !== present && reliesOn(session, factor.id));
  const ends = await Promise.all(
    entered.map((session) => planEnd(world, derivedSessions, actor, session, 'factor_removed')),
  );
  return [
    ...(await planRemoveFactor(world, masterKey, actor, { account, person, factor })),
    ...(isLast(held, factor) ? [...standIns(held), ...(await planEndAllTrust(world, actor, account.id, 'ended'))] : []),
    replace(accounts, account),
    replace(sessions, withoutUse(present, factor.id)),
    ...ends.flat(),
  ];
}

const reliesOn = ({ factors }: Session, credentialId: string): boolean =>
  factors.some((use) => use.kind !== 'password' && use.credentialId === credentialId);

const withoutUse = (session: Stored<Session>, credentialId: string): Stored<Session> => ({
  ...session,
  factors: session.factors.filter((use) => use.kind === 'password' || use.credentialId !== credentialId),
});

const isLast = (held: readonly Credential[], { id }: NamedFactor): boolean =>
  held.every((credential) => credential.id === id || !isNamedFactor(credential));

const standIns = (held: readonly Stored<Credential>[]): readonly Write[] =>
  held.filter(({ kind }) => kind === 'recovery-code').map(({ id, version }) => remove(credentials, id, version));
