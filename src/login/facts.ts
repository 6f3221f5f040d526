/** Everything that next-step needs to know, read from the store once; next-step itself reads nothing. */
import { clockDifference, type Instant } from '../base/clock.ts';
import { isSameText } from '../base/digest.ts';
import { minutes } from '../base/duration.ts';
import { isAudience } from '../core/connections/audience.ts';
import { type Connection, connections } from '../core/connections/connection.ts';
import { consentOf, covers } from '../core/consents/consent.ts';
import type { AssuranceRule } from '../core/credentials/assurance.ts';
import type { FactorUse } from '../core/credentials/factor-use.ts';
import type { TrustedBrowser } from '../core/credentials/trusted-browser.ts';
import { type Account, type AccountState, accounts, standingOf } from '../core/people/account.ts';
import { type Person, people } from '../core/people/person.ts';
import {
  asksBrowser,
  clausesHere,
  type Policy,
  type PolicyClause,
  policySubject,
  rulesAbout,
} from '../core/policy/policy.ts';
import type { Session } from '../core/sessions/session.ts';
import type { World } from '../core/world.ts';
import type { Stored } from '../store/port.ts';
import type { Progress } from './attempt.ts';
import { type HeldFactor, heldFactors } from './held-factors.ts';
import type { LoginRequest, NamedAccount } from './request.ts';
import { type Requirement, requirementsOf, unmetBy } from './requirement.ts';
import { progressAbout, standingProgress } from './standing-progress.ts';
import { standingTrust, type TrustTokenOf } from './standing-trust.ts';

export interface Owner {
  readonly account: Stored<Account>;
  readonly person: Person;
}

/** Whom the login is about, as far as it is known. */
export interface Subject extends Owner {
  readonly standing: AccountState;
  /** Those that count for this request: not older than it allows, and proven here where it forces. */
  readonly factors: readonly FactorUse[];
  /** The second factors of the account; read only where `factors` do not do. */
  readonly held?: readonly HeldFactor[];
  /** Proven in this attempt, not only remembered by the session. */
  readonly isProvenHere: boolean;
  readonly isAudience: boolean;
  /** Whom the service named, or it named nobody. */
  readonly isNamed: boolean;
  readonly hasConsented: boolean;
}

/** Which page of which attempt is shown, or was answered: what a passkey signs is made of it. */
export interface Turn {
  readonly attemptId: string;
  readonly number: number;
}

export interface Situation {
  readonly now: Instant;
  /** Absent where there is no attempt yet, and no page. */
  readonly turn?: Turn;
  readonly assurance: AssuranceRule;
  readonly enrolment: EnrolmentRule;
  /** Mails leave the house: without that no code by mail is asked for, and no address registered. */
  readonly canMail: boolean;
  /** No browser takes passkeys for this site: none is asked for, and none is made. */
  readonly hasNoPasskeys?: boolean;
  /** Kinds of account to which a rule leads from a client certificate. */
  readonly certifiedKinds?: readonly string[];
  /** The rules of the policy that hold for the subject here. */
  readonly policy?: readonly PolicyClause[];
  /** Without those in whose place `trust` does. */
  readonly requirements: readonly Requirement[];
  /** The subject trusts this browser. */
  readonly trust?: TrustedBrowser;
  /** The mark of a browser in which the subject has given a second factor before (known-browser.ts). */
  readonly factorBrowser?: string;
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

export interface EnrolmentRule {
  /** Milliseconds from an activation with a key handed over in person. */
  readonly window: number;
}

export interface Gathering {
  readonly assurance: AssuranceRule;
  readonly enrolment: EnrolmentRule;
  readonly canMail: boolean;
  readonly hasNoPasskeys?: boolean;
  readonly certifiedKinds?: readonly string[];
  readonly request: LoginRequest;
  readonly progress: Progress;
  readonly session: Stored<Session> | undefined;
  readonly policy: Policy;
  readonly origin: LoginOrigin;
  readonly termsVersion: string | undefined;
  readonly aliasOf: AliasOf;
  readonly trustToken?: TrustTokenOf;
  readonly factorBrowser?: BrowserMarkOf;
  readonly read?: AlreadyRead;
  /** Ids of credentials that are about to be stored with this very progress. */
  readonly added?: readonly string[];
}

/** What the caller has read while it answered this very request; it is not read again. */
export interface AlreadyRead {
  readonly connection?: Connection;
  readonly owner?: Owner;
}

/** What a browser carries of an account; undefined where it carries nothing. */
export type BrowserMarkOf = (accountId: string) => string | undefined;

/** From where the request comes, as far as the policy may ask: an attempt moves with its browser, and so does a session. */
export interface LoginOrigin {
  readonly address: string;
  /** It is that of a proxy which does not say where the person is. */
  readonly isAddressHidden?: boolean;
  readonly factorBrowser?: BrowserMarkOf;
}

/** What an account is called in one place and nowhere else. */
export type AliasOf = (accountId: string, place: string) => string;

export async function gatherFacts(world: World, asked: Gathering): Promise<Situation> {
  const gathering = { ...asked, progress: await standingProgress(world, asked.progress, asked.added) };
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
  const policy = connection && person ? policyHere(gathering, connection, person, now) : [];
  const demanded = requirementsOf({ request, policy, ...(connection ? { connection } : {}) });
  const trust = person && (await standingTrust(world, gathering, demanded, person.account.id));
  const requirements = trust ? demanded.filter(({ mayBeWaived }) => !mayBeWaived) : demanded;
  const subject =
    person && isSubjectKnown(gathering)
      ? await judgeSubject(world, { ...gathering, requirements }, person, connection)
      : undefined;
  const factorBrowser = subject && gathering.factorBrowser?.(subject.account.id);
  const own = subject ? progressAbout(progress, subject.account.id) : progress;
  return {
    now,
    assurance: gathering.assurance,
    enrolment: gathering.enrolment,
    canMail: gathering.canMail,
    ...(gathering.hasNoPasskeys ? { hasNoPasskeys: true } : {}),
    ...(gathering.certifiedKinds ? { certifiedKinds: gathering.certifiedKinds } : {}),
    requirements,
    ...(policy.length > 0 ? { policy } : {}),
    ...(trust ? { trust } : {}),
    request,
    progress: own,
    ...(connection ? { connection } : {}),
    ...(session && owner ? { session, owner } : {}),
    ...(subject ? { subject } : {}),
    ...(factorBrowser ? { factorBrowser } : {}),
    ...(termsVersion === undefined ? {} : { termsVersion }),
  };
}

/** Where no rule asks, nothing is looked at: single sign-on comes through here. */
function policyHere(
  { policy, origin }: Gathering,
  connection: Connection,
  { person, account }: Owner,
  now: Instant,
): readonly PolicyClause[] {
  const rules = rulesAbout(policy, connection, () => policySubject(person, account, now));
  if (rules.length === 0) return [];
  const isNewBrowser = asksBrowser(rules) && origin.factorBrowser?.(account.id) === undefined;
  return clausesHere(rules, { address: origin.isAddressHidden ? '' : origin.address, isNewBrowser });
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

type Judging = Gathering & Pick<Situation, 'requirements'>;

/**
 * `least`: what was proven a moment ago, in this very attempt, is young enough for any wish. Milliseconds.
 * Each factor is judged by its own age, so that a login asks again only for the one that is too old. One that a node whose
 * clock is ahead has dated is not younger for that.
 */
const isYoung =
  ({ maxAgeSeconds }: LoginRequest, now: Instant, least = 0) =>
  ({ at }: FactorUse): boolean =>
    maxAgeSeconds === undefined || Math.abs(now - at) <= Math.max(maxAgeSeconds * 1000, least);

/** The steps of one login may come to different nodes: by a clock that is ahead, each would ask again for the one before. */
const moment = minutes(1) + clockDifference;

async function judgeSubject(
  world: World,
  { request, progress, session, aliasOf, assurance, requirements }: Judging,
  owner: Owner,
  connection: Connection | undefined,
): Promise<Subject> {
  const { account, person } = owner;
  const now = world.clock.now();
  const fresh = (progress.proven?.factors ?? []).filter(isYoung(request, now, moment));
  const remembered =
    session?.accountId === account.id && !request.force ? session.factors.filter(isYoung(request, now)) : [];
  const factors = [...remembered.filter(({ kind }) => !fresh.some((factor) => factor.kind === kind)), ...fresh];
  const needsMore = unmetBy(assurance, requirements, factors).length > 0;
  const asksConsent = connection !== undefined && connection.consent !== 'none';
  const consent = asksConsent ? await consentOf(world.store, account.id, connection.id) : undefined;
  return {
    account,
    person,
    standing: standingOf(account, now),
    factors,
    ...(needsMore ? { held: await heldFactors(world, account.id) } : {}),
    isProvenHere: progress.proven !== undefined,
    isAudience: connection === undefined || isAudience(connection, person, account, now),
    isNamed: request.named.every((named) => isCalled(account.id, named, aliasOf)),
    hasConsented: covers(consent, request.attributes),
  };
}

const isCalled = (accountId: string, named: NamedAccount, aliasOf: AliasOf): boolean =>
  named.kind === 'account' ? named.id === accountId : isSameText(named.alias, aliasOf(accountId, named.place));
