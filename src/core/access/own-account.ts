/**
 * Authority over one's own account, as an object. Whoever holds a live session asks for it and gets an interface in which
 * no other account can be named; what changes how the account is entered is one door further, behind a fresh check.
 * The pages of the web change factors, sessions and passwords through these two, and through nothing else.
 */
import type { Instant } from '../../base/clock.ts';
import type { Page, Stored } from '../../store/port.ts';
import type { Actor, AuditEvent } from '../audit/event.ts';
import { listAudit } from '../audit/list.ts';
import { type Credential, credentialsOf } from '../credentials/credential.ts';
import { planEndTrust, type TrustedBrowser, trustedBrowsersOf } from '../credentials/trusted-browser.ts';
import { type Account, accounts, standingOf } from '../people/account.ts';
import { type Person, people } from '../people/person.ts';
import { commitEnding, planEnd } from '../sessions/end.ts';
import { endInRound } from '../sessions/end-in-round.ts';
import { sessionById, sessionsOf } from '../sessions/keep.ts';
import type { Session } from '../sessions/session.ts';
import { type FreshAccount, type FreshMeans, freshAccount } from './fresh-account.ts';
import { hasSecondFactor, isFresh } from './fresh-check.ts';
import { type Demanding, demandingConnections } from './lost-connections.ts';

export interface OwnAccount {
  readonly account: Stored<Account>;
  readonly person: Person;
  /** The one in which it was asked. */
  readonly session: Stored<Session>;
  /** Hashes, MACs and sealed secrets among them: for looking at, never for showing as they are. */
  credentials(): Promise<readonly Stored<Credential>[]>;
  /** Whether a password alone is not enough any more. */
  hasSecondFactor(): Promise<boolean>;
  /** The services of the owner's at which more may be demanded than a login. */
  demanding(): Promise<readonly Demanding[]>;
  /** The youngest first. */
  sessions(): Promise<readonly Stored<Session>[]>;
  /** What the audit tells of this account from `from` to below `below`, newest first; a short page may have a next one. */
  activity(asked: ActivityAsked): Promise<Page<AuditEvent>>;
  /** Ends one of the account's sessions, and tells its services. Of somebody else's it knows nothing. */
  endSession(id: string): Promise<'ended' | 'not_found'>;
  /** This one, before the owner's eyes. @returns the handle of the round in which the services are told, where there are any. */
  endHere(browserToken: string): Promise<string | undefined>;
  /** All but this one. */
  endOtherSessions(): Promise<void>;
  /** In which no second factor is asked for where a service allows that. The oldest first. */
  trustedBrowsers(): Promise<readonly Stored<TrustedBrowser>[]>;
  endTrust(id: string): Promise<'ended' | 'not_found'>;
  /** What changes how the account is entered, or null where no check was made in this session a moment ago. */
  freshly(): Promise<FreshAccount | null>;
}

export interface ActivityAsked {
  readonly from: Instant;
  readonly below: Instant;
  readonly limit: number;
  readonly after?: string;
}

/** Null where the session is over, or the account cannot be used: then there is nothing to call. */
export async function ownAccount(
  means: FreshMeans,
  actor: Actor,
  sessionId: string | undefined,
): Promise<OwnAccount | null> {
  const { world, derivedSessions, assurance } = means;
  const session = sessionId === undefined ? undefined : await sessionById(world, sessionId);
  const account = session && (await world.store.get(accounts, session.accountId));
  const person = account && (await world.store.get(people, account.personId));
  if (!session || !account || !person || standingOf(account, world.clock.now()) !== 'active') return null;
  const held = () => credentialsOf(world.store, account.id);
  return {
    account,
    person,
    session,
    credentials: held,
    hasSecondFactor: async () => hasSecondFactor(assurance, await held(), world.clock.now()),
    demanding: () => demandingConnections(world, means.policy, { account, person }),
    sessions: () => sessionsOf(world, account.id),
    activity: (asked) => listAudit(world, { accountId: account.id, ...asked }),

    async endSession(id) {
      let isFound = false;
      await commitEnding(world, async () => {
        const found = await sessionById(world, id);
        isFound = found?.accountId === account.id;
        return found && isFound ? planEnd(world, derivedSessions, actor, found, 'ended_by_owner') : [];
      });
      return isFound ? 'ended' : 'not_found';
    },

    endHere: (browserToken) => endInRound(world, derivedSessions, session, { actor, browserToken }),

    endOtherSessions: () =>
      commitEnding(world, async () => {
        const others = (await sessionsOf(world, account.id)).filter(({ id }) => id !== session.id);
        const plans = others.map((other) => planEnd(world, derivedSessions, actor, other, 'ended_by_owner'));
        return (await Promise.all(plans)).flat();
      }),

    trustedBrowsers: () => trustedBrowsersOf(world.store, account.id),

    async endTrust(id) {
      const found = (await trustedBrowsersOf(world.store, account.id)).find((browser) => browser.id === id);
      if (!found) return 'not_found';
      await world.store.commit(planEndTrust(world, actor, found, 'ended'));
      return 'ended';
    },

    async freshly() {
      const isChecked = isFresh(assurance, await held(), session.factors, world.clock.now());
      return isChecked ? freshAccount(means, actor, { account, person, session }) : null;
    },
  };
}
