/**
 * What changes how one's own account is entered: names and removal of factors, new recovery codes, a new password.
 * Made by own-account.ts alone, for somebody who has proven a moment ago that the account is theirs.
 */
import { replace, type Stored } from '../../store/port.ts';
import type { Actor } from '../audit/event.ts';
import type { Connection } from '../connections/connection.ts';
import type { NamedFactor } from '../credentials/add-factor.ts';
import type { AssuranceRule } from '../credentials/assurance.ts';
import type { CodeDigest } from '../credentials/code-digest.ts';
import { type Credential, credentials, credentialsOf } from '../credentials/credential.ts';
import { planNewRecoveryCodes } from '../credentials/recovery-codes.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { planAccountMail } from '../notices/account-mail.ts';
import { type Account, accounts } from '../people/account.ts';
import type { Person } from '../people/person.ts';
import type { Policy } from '../policy/policy.ts';
import { commitEnding } from '../sessions/end.ts';
import type { DerivedSessions, Session } from '../sessions/session.ts';
import {
  changeOwnPassword,
  type OwnPasswordChange,
  type OwnPasswordMeans,
  type OwnPasswordOutcome,
} from './change-own-password.ts';
import { hasSecondFactor, isNamedFactor } from './fresh-check.ts';
import { lostConnections } from './lost-connections.ts';
import { planKept, planUnkept, readUnkept } from './unkept-codes.ts';
import { planWithoutFactor } from './without-factor.ts';

export interface FreshMeans extends OwnPasswordMeans {
  readonly masterKey: MasterKey;
  readonly codeDigest: CodeDigest;
  readonly derivedSessions: readonly DerivedSessions[];
  readonly assurance: AssuranceRule;
  readonly policy: Policy;
}

export type RemovalOutcome =
  | { readonly kind: 'removed' }
  | { readonly kind: 'not_found' }
  /** It is the last that does for these services, which the person may use. */
  | { readonly kind: 'needed'; readonly by: readonly Connection[] };

export interface FreshAccount {
  factor(id: string): Promise<Stored<NamedFactor> | undefined>;
  rename(id: string, name: string): Promise<'renamed' | 'not_found'>;
  /** @throws DomainError `session.not_found` where the session has ended meanwhile. */
  remove(id: string): Promise<RemovalOutcome>;
  /** The services for which the factor is the last that does. */
  neededBy(id: string): Promise<readonly Connection[]>;
  /** False where there is no factor that they could stand in for. Those before are good no more. */
  renewRecoveryCodes(): Promise<boolean>;
  /** Those that were made in this session, until the person has kept them. */
  newRecoveryCodes(): Promise<readonly string[] | undefined>;
  /** From now on nobody can read them again. */
  keepRecoveryCodes(): Promise<void>;
  changePassword(change: OwnPasswordChange): Promise<OwnPasswordOutcome>;
}

export interface Own {
  readonly account: Stored<Account>;
  readonly person: Person;
  readonly session: Session;
}

export function freshAccount(means: FreshMeans, actor: Actor, own: Own): FreshAccount {
  const { world, assurance } = means;
  const accountId = own.account.id;
  const holder = { accountId, sessionId: own.session.id };
  const held = () => credentialsOf(world.store, accountId);
  const among = (all: readonly Stored<Credential>[], id: string) =>
    all.filter(isNamedFactor).find((one) => one.id === id);
  return {
    factor: async (id) => among(await held(), id),

    async rename(id, name) {
      let isFound = false;
      // Used at this moment, it is another record: written as it was read, a code that was used up would be good again.
      await commitEnding(world, async () => {
        const factor = among(await held(), id);
        isFound = factor !== undefined;
        return factor ? [replace(credentials, { ...factor, name })] : [];
      });
      return isFound ? 'renamed' : 'not_found';
    },

    async remove(id) {
      let outcome: RemovalOutcome = { kind: 'not_found' };
      await commitEnding(world, async () => {
        outcome = { kind: 'not_found' };
        const account = await world.store.get(accounts, accountId);
        const all = await held();
        const factor = among(all, id);
        if (!account || !factor) return [];
        const by = await lostConnections(world, means, own, { held: all, goneId: id });
        outcome = by.length > 0 ? { kind: 'needed', by } : { kind: 'removed' };
        if (by.length > 0) return [];
        const { person, session } = own;
        return planWithoutFactor(means, actor, { account, person, held: all, factor, presentSessionId: session.id });
      });
      return outcome;
    },

    neededBy: async (id) => lostConnections(world, means, own, { held: await held(), goneId: id }),

    async renewRecoveryCodes() {
      let hasFactor = true;
      let isAgain = false;
      await commitEnding(world, async () => {
        hasFactor = hasSecondFactor(assurance, await held(), world.clock.now());
        if (!hasFactor) return [];
        // Pressed twice: what the other press has made is on its way to the screen, and must not be void when it is read.
        if (isAgain && (await readUnkept(world, means.masterKey, holder))) return [];
        isAgain = true;
        const made = await planNewRecoveryCodes(world, means.codeDigest, actor, accountId);
        const mail = await planAccountMail(world, means.masterKey, own, { type: 'recovery_codes_renewed' });
        return [...made.writes, await planUnkept(world, means.masterKey, holder, made), ...mail];
      });
      return hasFactor;
    },

    newRecoveryCodes: () => readUnkept(world, means.masterKey, holder),

    keepRecoveryCodes: () => world.store.commit([planKept(accountId)]),

    changePassword: (change) => changeOwnPassword(means, actor, own, change),
  };
}
