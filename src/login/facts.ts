/** Everything that next-step needs to know, read from the store once; next-step itself reads nothing. */
import type { Instant } from '../base/clock.ts';
import { isSameText } from '../base/digest.ts';
import { isAudience } from '../core/connections/audience.ts';
import { type Connection, connections } from '../core/connections/connection.ts';
import { consentOf, covers } from '../core/consents/consent.ts';
import type { FactorUse } from '../core/credentials/assurance.ts';
import { passwordOf } from '../core/credentials/credential.ts';
import { type Account, type AccountState, accounts, standingOf } from '../core/people/account.ts';
import { type Person, people } from '../core/people/person.ts';
import type { Session } from '../core/sessions/session.ts';
import type { World } from '../core/world.ts';
import type { Stored } from '../store/port.ts';
import type { Progress } from './attempt.ts';
import type { LoginRequest, NamedAccount } from './request.ts';

export interface Owner {
  readonly account: Stored<Account>;
  readonly person: Person;
}

/** Whom the login is about, as far as it is known. */
export interface Subject extends Owner {
  readonly standing: AccountState;
  readonly factors: readonly FactorUse[];
  /** Proven in this attempt, not only remembered by the session. */
  readonly isProvenHere: boolean;
  readonly isAudience: boolean;
  /** Whom the service named, or it named nobody. */
  readonly isNamed: boolean;
  readonly hasConsented: boolean;
}

export interface Situation {
  readonly now: Instant;
  readonly request: LoginRequest;
  readonly progress: Progress;
  /** Undefined for the portal, and where the connection does not exist any more. */
  readonly connection?: Connection;
  /** The live single sign-on session of this browser, and whose it is. */
  readonly session?: Stored<Session>;
  readonly owner?: Owner;
  readonly subject?: Subject;
  /** The version of the terms in force; undefined where the university has none. */
  readonly termsVersion?: string;
}

export interface Gathering {
  readonly request: LoginRequest;
  readonly progress: Progress;
  readonly session: Stored<Session> | undefined;
  readonly termsVersion: string | undefined;
  readonly aliasOf: AliasOf;
  readonly read?: AlreadyRead;
}

/** What the caller has read while it answered this very request; it is not read again. */
export interface AlreadyRead {
  readonly connection?: Connection;
  readonly owner?: Owner;
}

/** What an account is called in one place and nowhere else. */
export type AliasOf = (accountId: string, place: string) => string;

export async function gatherFacts(world: World, asked: Gathering): Promise<Situation> {
  const gathering = { ...asked, progress: await standingProgress(world, asked.progress) };
  const { request, progress, session, termsVersion, read } = gathering;
  const now = world.clock.now();
  const proven = progress.proven?.accountId;
  const [connection, owner] = await Promise.all([
    request.connectionId === undefined
      ? undefined
      : (read?.connection ?? world.store.get(connections, request.connectionId)),
    session ? ownerOf(world, session, read?.owner) : undefined,
  ]);
  const person = proven === undefined || proven === session?.accountId ? owner : await readOwner(world, proven);
  const subject =
    person && isSubjectKnown(gathering) ? await judgeSubject(world, gathering, person, connection) : undefined;
  return {
    now,
    request,
    progress,
    ...(connection ? { connection } : {}),
    ...(session && owner ? { session, owner } : {}),
    ...(subject ? { subject } : {}),
    ...(termsVersion === undefined ? {} : { termsVersion }),
  };
}

/**
 * Whoever proved it with a password that has been changed since has proven nothing: a stolen password, typed just before,
 * must not outlive its recovery on a page that was left open.
 */
async function standingProgress({ store }: World, progress: Progress): Promise<Progress> {
  const { proven, ...rest } = progress;
  if (!proven) return progress;
  const credential = await passwordOf(store, proven.accountId);
  return credential?.edition === proven.edition ? progress : rest;
}

const ownerOf = (world: World, { accountId }: Session, read: Owner | undefined) =>
  read?.account.id === accountId ? read : readOwner(world, accountId);

async function readOwner({ store }: World, accountId: string): Promise<Owner | undefined> {
  const account = await store.get(accounts, accountId);
  const person = account && (await store.get(people, account.personId));
  return account && person ? { account, person } : undefined;
}

/**
 * Proven here, or answered for by the session, unless the person is still to choose or has chosen somebody else: also
 * where another tab has signed somebody else in since the choice.
 */
function isSubjectKnown({ request, progress, session }: Gathering): boolean {
  if (progress.proven) return true;
  if (!session || progress.choice === 'other') return false;
  return !request.chooseAccount || progress.choice?.accountId === session.accountId;
}

async function judgeSubject(
  world: World,
  { request, progress, session, aliasOf }: Gathering,
  owner: Owner,
  connection: Connection | undefined,
): Promise<Subject> {
  const { account, person } = owner;
  const now = world.clock.now();
  const fresh = progress.proven?.factors ?? [];
  const remembered = session?.accountId === account.id && !request.force ? session.factors : [];
  const asksConsent = connection !== undefined && connection.consent !== 'none';
  const consent = asksConsent ? await consentOf(world.store, account.id, connection.id) : undefined;
  return {
    account,
    person,
    standing: standingOf(account, now),
    factors: [...remembered.filter(({ kind }) => !fresh.some((factor) => factor.kind === kind)), ...fresh],
    isProvenHere: progress.proven !== undefined,
    isAudience: connection === undefined || isAudience(connection, person, account, now),
    isNamed: request.named.every((named) => isCalled(account.id, named, aliasOf)),
    hasConsented: covers(consent, request.attributes),
  };
}

const isCalled = (accountId: string, named: NamedAccount, aliasOf: AliasOf): boolean =>
  named.kind === 'account' ? named.id === accountId : isSameText(named.alias, aliasOf(accountId, named.place));
